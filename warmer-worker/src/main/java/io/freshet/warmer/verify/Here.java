package io.freshet.warmer.verify;

import io.freshet.contracts.position.Stamp;

/**
 * What the worker's own node knows of a key.
 *
 * @param knownAbsent whether Redis says, and this node believes, that the source has nothing
 * @param loaded whether the entry in Redis was loaded from its source; also when there is none
 * @param killer the last position at which the key was invalidated hard
 */
public record Here(boolean knownAbsent, boolean loaded, Stamp killer) {

    static final Here NOTHING = new Here(false, true, Stamp.ZERO);
}
