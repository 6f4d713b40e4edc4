package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier of one worker found of one namespace during the last hour, on the compacted
 * topic {@code freshet.consistency}.
 *
 * @param checks by the time after which samples are checked, ascending
 * @param last the latest violation; null when it has found none
 */
public record ConsistencyReport(
        String worker,
        Namespace namespace,
        Instant at,
        List<Checks> checks,
        @Nullable Violation last) {

    public ConsistencyReport {
        checks = List.copyOf(checks);
    }

    /** What compaction keeps the last one of. */
    public String recordKey() {
        return worker + "/" + namespace.value();
    }

    /** Whether the other one says the same, whenever it was. */
    public boolean saysTheSame(ConsistencyReport other) {
        return equals(
                new ConsistencyReport(other.worker, other.namespace, at, other.checks, other.last));
    }

    /** Checks of samples so long after they were taken. */
    public record Checks(Duration after, Score score) {}

    /**
     * Checks that said something, and those of them that found an answer other than the source's.
     */
    public record Score(long judged, long wrong) {

        /** Both together. */
        public Score and(Score other) {
            return new Score(judged + other.judged, wrong + other.wrong);
        }

        /**
         * The consistency as nines: 3 is 99.9 %. Counted as if one more check had been made and
         * found wrong, so it never claims more than was measured; not a number when nothing was.
         */
        public double nines() {
            return judged == 0
                    ? Double.NaN
                    : Math.max(0, -Math.log10((wrong + 1.0) / (judged + 1.0)));
        }
    }

    /**
     * A wrong answer.
     *
     * @param node that gave it, as the verifier asks it
     * @param cause one of those in docs/verifier.md
     */
    public record Violation(Instant at, EntryKey key, String node, Duration after, String cause) {}
}
