package io.freshet.engine.store;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import org.jspecify.annotations.Nullable;

/**
 * One entry to remove or to mark, if it is stamped below {@code killsBelow}.
 *
 * @param replacement takes its place unless it comes too late or something newer is there; stamped
 *     {@code killsBelow}. Null for none
 */
public record KeyEviction(EntryKey key, Mode mode, Stamp killsBelow, @Nullable Entry replacement) {

    public KeyEviction {
        if (replacement != null
                && (mode != Mode.HARD || !replacement.header().stamp().equals(killsBelow))) {
            throw new IllegalArgumentException("not a replacement: " + replacement);
        }
    }

    /** One whose place stays empty. */
    public KeyEviction(EntryKey key, Mode mode, Stamp killsBelow) {
        this(key, mode, killsBelow, null);
    }
}
