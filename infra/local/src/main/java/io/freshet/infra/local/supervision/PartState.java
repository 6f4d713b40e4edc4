package io.freshet.infra.local.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a part is doing. Its keeper moves it on:
 *
 * <pre>{@code
 * Waiting -> Launching -> Starting -> Ready <-> Unready
 *    ^           |           |          |          |
 *    +------- Broken <-------+----------+----------+      (it ended, or never became ready)
 *
 * any -> Stopped -> Waiting                               (by order)
 * }</pre>
 */
public sealed interface PartState {
    /** Not started yet: a part that it needs is not ready. */
    record Waiting() implements PartState {}

    /** Its process is being made. */
    record Launching(Instant since) implements PartState {
        Starting launched(RunningPart running) {
            return new Starting(running, since);
        }
    }

    /** Its process runs and is not ready yet. */
    record Starting(RunningPart running, Instant since) implements PartState {
        Ready ready(Instant now) {
            return new Ready(running, now, Duration.between(since, now));
        }
    }

    /**
     * Its process says that it can do its work.
     *
     * @param since when it became ready
     * @param startTook from the decision to start until then
     */
    record Ready(RunningPart running, Instant since, Duration startTook) implements PartState {
        Unready doubted(String why) {
            return new Unready(this, why);
        }
    }

    /** Its process runs, was ready once and now says that it cannot do its work. */
    record Unready(Ready before, String why) implements PartState {
        Ready recovered() {
            return before;
        }
    }

    /**
     * It ended unasked or did not come up.
     *
     * @param retryAt the next try; {@link Instant#MAX} when there is none
     */
    record Broken(String why, Instant retryAt) implements PartState {
        boolean willRetry() {
            return !retryAt.equals(Instant.MAX);
        }
    }

    /** Stopped because somebody asked. */
    record Stopped() implements PartState {}

    /** The part's process, if there is one. */
    default Optional<RunningPart> process() {
        return switch (this) {
            case Starting starting -> Optional.of(starting.running());
            case Ready ready -> Optional.of(ready.running());
            case Unready unready -> Optional.of(unready.before().running());
            case Waiting _, Launching _, Broken _, Stopped _ -> Optional.empty();
        };
    }
}
