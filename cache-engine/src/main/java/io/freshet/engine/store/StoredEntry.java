package io.freshet.engine.store;

import io.freshet.engine.entry.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An entry and the marker of its bucket, read in one step.
 *
 * @param entry null when there is none
 * @param marker null when the bucket has not been initialised
 */
public record StoredEntry(@Nullable Entry entry, @Nullable Marker marker) {}
