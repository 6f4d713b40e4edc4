package io.freshet.stream.applier;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a round of records asks of each bucket, in one batch; a bucket that has seen a record is not
 * asked again.
 */
final class Batches {

    private final Partitioning partitioning;
    private final BucketOffsets offsets;
    private final Map<Bucket, Share> shares = new LinkedHashMap<>();

    private Batches(Partitioning partitioning, BucketOffsets offsets) {
        this.partitioning = partitioning;
        this.offsets = offsets;
    }

    /**
     * Shares out.
     *
     * @param records whose offsets rise; at least one
     * @param through as the batches say it
     */
    static List<BucketBatch> of(
            List<Positioned> records,
            Stamp through,
            Partitioning partitioning,
            BucketOffsets offsets) {
        var round = new Batches(partitioning, offsets);
        records.forEach(round::share);
        return round.batches(records.getFirst().offset(), records.getLast().offset() + 1, through);
    }

    /** Moves a bucket on without what it needed, and with it the trust in what it holds. */
    static BucketBatch anew(Bucket bucket, long from, long first, Stamp barrier) {
        return new BucketBatch(
                bucket.namespace(), bucket.number(), from, first, Stamp.ZERO, barrier, List.of());
    }

    private List<BucketBatch> batches(long first, long nextOffset, Stamp through) {
        var batches = new ArrayList<BucketBatch>();
        shares.forEach((bucket, share) -> {
            long seen = offsets.get(bucket.namespace(), bucket.number());
            batches.add(
                    new BucketBatch(
                            bucket.namespace(),
                            bucket.number(),
                            seen == BucketOffsets.NONE ? first : seen,
                            nextOffset,
                            through,
                            share.barrier(),
                            share.evictions()));
        });
        return batches;
    }

    private void share(Positioned record) {
        switch (record.eviction()) {
            case Eviction.Keys(var namespace, var keys, var mode, var killsBelow, _) -> {
                for (EntryKey key : keys) {
                    evict(record.offset(), namespace, new KeyEviction(key, mode, killsBelow));
                }
            }
            case Eviction.Replacement replacement ->
                    evict(record.offset(), replacement.namespace(), evictionOf(replacement));
            case Eviction.Barrier(var below) ->
                    offsets.forEach((namespace, bucket, seen) -> {
                        if (seen != BucketOffsets.NONE && seen <= record.offset()) {
                            shareOf(new Bucket(namespace, bucket)).distrustBelow(below);
                        }
                    });
            case Eviction.Progress _ -> {}
        }
    }

    private void evict(long offset, Namespace namespace, KeyEviction eviction) {
        int bucket = partitioning.bucketOf(namespace, eviction.key());
        if (offsets.get(namespace, bucket) <= offset) {
            shareOf(new Bucket(namespace, bucket)).evict(eviction);
        }
    }

    private Share shareOf(Bucket bucket) {
        return shares.computeIfAbsent(bucket, _ -> new Share());
    }

    private static KeyEviction evictionOf(Eviction.Replacement replacement) {
        return new KeyEviction(
                replacement.key(), Mode.HARD, replacement.killsBelow(), RowEntry.of(replacement));
    }
}
