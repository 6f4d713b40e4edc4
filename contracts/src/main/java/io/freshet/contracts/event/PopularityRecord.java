package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;

/**
 * What is remembered of the keys that are asked for, on the compacted topic {@code
 * freshet.popularity}: records of partition p speak of partition p of {@code freshet.telemetry}.
 */
public sealed interface PopularityRecord {

    /** Offset in the telemetry below which everything is counted. */
    long through();

    /** What compaction keeps the last one of. */
    String recordKey();

    /**
     * Some of a namespace's keys: those whose hash falls into the slice.
     *
     * @param at when the weights were what they are; they decay from then on
     */
    record Slice(Namespace namespace, int slice, long through, Instant at, List<Weight> keys)
            implements PopularityRecord {

        public Slice {
            keys = List.copyOf(keys);
        }

        @Override
        public String recordKey() {
            return namespace + "/" + slice;
        }
    }

    /** Every namespace of the partition has slices at least this far. */
    record Progress(long through) implements PopularityRecord {

        @Override
        public String recordKey() {
            return "progress";
        }
    }

    /**
     * How much a key is asked for.
     *
     * @param thousandths decayed requests, times 1,000
     */
    record Weight(EntryKey key, long thousandths) {}
}
