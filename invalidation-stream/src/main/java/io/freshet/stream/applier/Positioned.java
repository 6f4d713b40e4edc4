package io.freshet.stream.applier;

import io.freshet.contracts.event.Eviction;

/** A record of {@code freshet.evictions} and its offset. */
public record Positioned(long offset, Eviction eviction) {

    /** Keys in it. */
    public int keys() {
        return switch (eviction) {
            case Eviction.Keys(_, var keys, _, _, _) -> keys.size();
            case Eviction.Barrier _, Eviction.Progress _ -> 0;
        };
    }
}
