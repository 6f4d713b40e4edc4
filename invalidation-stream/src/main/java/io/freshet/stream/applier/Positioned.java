package io.freshet.stream.applier;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code freshet.evictions} and its offset.
 *
 * @param span tells of it until Redis has answered
 */
public record Positioned(long offset, Eviction eviction, Span span) {

    /** One that is not traced. */
    public Positioned(long offset, Eviction eviction) {
        this(offset, eviction, Span.none());
    }

    /** Of a row that is as much work as a key. */
    private static final int CHARACTERS_OF_A_KEY = 256;

    /** Keys in it, or as much work as they are. */
    public int keys() {
        return switch (eviction) {
            case Eviction.Keys keys -> keys.keys().size();
            case Eviction.Replacement replacement ->
                    1 + replacement.row().json().length() / CHARACTERS_OF_A_KEY;
            case Eviction.Barrier _, Eviction.Progress _ -> 0;
        };
    }

    /** Null when it is about no namespace in particular. */
    @Nullable Namespace namespace() {
        return switch (eviction) {
            case Eviction.Keys keys -> keys.namespace();
            case Eviction.Replacement replacement -> replacement.namespace();
            case Eviction.Barrier _, Eviction.Progress _ -> null;
        };
    }

    /** Position of the invalidation that asked for it, or {@link Stamp#ZERO}. */
    Stamp killsBelow() {
        return switch (eviction) {
            case Eviction.Keys keys -> keys.killsBelow();
            case Eviction.Replacement replacement -> replacement.killsBelow();
            case Eviction.Barrier _, Eviction.Progress _ -> Stamp.ZERO;
        };
    }
}
