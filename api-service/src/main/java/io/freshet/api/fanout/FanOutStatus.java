package io.freshet.api.fanout;

import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far one fan-out is.
 *
 * @param parts of the partitions that have told of it, in order; at least one
 */
record FanOutStatus(InboxPosition id, List<Part> parts) {

    /** What a partition of the log has told last. */
    record Part(int partition, FanOutProgress progress) {}

    /** Running or paused while any part is; then how most of it ended. */
    State state() {
        Set<State> states =
                parts.stream()
                        .map(part -> part.progress().state())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(State.class)));
        return List.of(State.RUNNING, State.PAUSED, State.CANCELLED, State.DONE).stream()
                .filter(states::contains)
                .findFirst()
                .orElse(State.SUPERSEDED);
    }

    long keys() {
        return parts.stream().mapToLong(part -> part.progress().keys()).sum();
    }

    Instant startedAt() {
        return parts.stream()
                .map(part -> part.progress().startedAt())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** One; several where a barrier stands in the place of what was lost. */
    List<Target> scopes() {
        return parts.stream().map(part -> part.progress().scope()).distinct().toList();
    }
}
