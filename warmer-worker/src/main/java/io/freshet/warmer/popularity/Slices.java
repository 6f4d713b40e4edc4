package io.freshet.warmer.popularity;

import io.freshet.contracts.event.PopularityRecord.Slice;
import io.freshet.contracts.event.PopularityRecord.Weight;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.KeyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A namespace's keys in slices, by hash, so that a record of each stays small; and up to which
 * offset of the telemetry those that were read back count. Not thread-safe.
 */
final class Slices {

    private static final int COUNT = 16;

    /** Below this nothing would be left after two half-lives of a single request. */
    private static final long LEAST_THOUSANDTHS = 250;

    private final long[] through = new long[COUNT];

    /** Whether a record at the offset is counted for the key already. */
    boolean has(Namespace namespace, EntryKey key, long offset) {
        return offset < through[of(namespace, key)];
    }

    void restored(int slice, long offset) {
        through[slice] = Math.max(through[slice], offset);
    }

    /** What is to be saved of a namespace; also the slices that hold nothing any more. */
    static List<Slice> of(Namespace namespace, DecayedCounts counts, long through, Instant now) {
        List<List<Weight>> weights =
                IntStream.range(0, COUNT).<List<Weight>>mapToObj(_ -> new ArrayList<>()).toList();
        counts.forEach(
                now,
                (key, requests) -> {
                    long thousandths = Math.round(requests * 1e3);
                    if (thousandths >= LEAST_THOUSANDTHS) {
                        weights.get(of(namespace, key)).add(new Weight(key, thousandths));
                    }
                });
        return IntStream.range(0, COUNT)
                .mapToObj(slice -> new Slice(namespace, slice, through, now, weights.get(slice)))
                .toList();
    }

    private static int of(Namespace namespace, EntryKey key) {
        return (int) (KeyHash.of(namespace, key) >>> 48) & COUNT - 1;
    }
}
