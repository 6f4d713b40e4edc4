package io.freshet.warmer.verify;

import io.freshet.contracts.event.Event.Invalidation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key under watch, from when it was sampled until its last check.
 *
 * <p>The judgement rests on this: the source said {@code base} at {@code since}, and says the same
 * after the node was asked. If nobody changed it there and back in between, the answer is outdated
 * by as long as that if it is anything else. A change in between would be an invalidation that
 * happened since; a change there and back that no rule names escapes, which is the right way round.
 *
 * <p>Thread-safe: the thread that reads the log notes invalidations.
 */
final class Sample {

    /** By how much an event's time may be off from this machine's. */
    private static final Duration CLOCKS = Duration.ofMillis(250);

    private final Spot spot;
    private final Origin origin;
    private final Instant begun;
    private final Instant since;
    private final Content base;
    private @Nullable Instant lastChange;

    /**
     * @param begun before the source was asked
     * @param since after it had answered {@code base}
     */
    Sample(Spot spot, Origin origin, Instant begun, Instant since, Content base) {
        this.spot = spot;
        this.origin = origin;
        this.begun = begun;
        this.since = since;
        this.base = base;
    }

    Spot spot() {
        return spot;
    }

    Origin origin() {
        return origin;
    }

    Instant since() {
        return since;
    }

    /** Whether the source had something. */
    boolean hasValue() {
        return base instanceof Content.Value;
    }

    /** Takes note of what is in force from now on. */
    synchronized void inForce(Invalidation event) {
        Instant at = event.at();
        if (at != null
                && spot.isUnder(event.target())
                && (lastChange == null || at.isAfter(lastChange))) {
            lastChange = at;
        }
    }

    /**
     * What an answer is worth.
     *
     * @param asked before the node was asked
     * @param after what the source says after the node has answered
     * @param delay the time that is checked: an answer must not be outdated by that
     * @param allowed by how much the namespace lets it be outdated
     */
    synchronized Finding judge(
            Instant asked, Answer answer, Content after, Duration delay, Duration allowed) {
        return switch (answer) {
            case Answer.NotCached() -> Finding.ABSENT;
            case Answer.Marked() -> Finding.MARKED;
            case Answer.Failed() -> Finding.FAILED;
            case Answer.Held(var content, _) -> {
                Duration lag = Duration.between(since, asked);
                if (content.equals(after)) {
                    yield Finding.CONSISTENT;
                }
                if (!after.equals(base) || hasChangedSince() || lag.compareTo(delay) < 0) {
                    yield Finding.UNDECIDED;
                }
                yield lag.compareTo(allowed) < 0 ? Finding.LAGGING : Finding.VIOLATION;
            }
        };
    }

    private boolean hasChangedSince() {
        return lastChange != null && lastChange.isAfter(begun.minus(CLOCKS));
    }
}
