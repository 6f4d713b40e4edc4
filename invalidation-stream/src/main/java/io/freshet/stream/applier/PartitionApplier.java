package io.freshet.stream.applier;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies one partition of {@code freshet.evictions} to the buckets that belong to it. For one
 * thread; methods wait for the store and throw {@link StoreUnavailableException} when it does not
 * answer: calling them again with the same records then goes on where they were.
 *
 * <h2>Mechanism</h2>
 *
 * Every bucket holds, beside its entries, the offset that it has to see next. A batch for a bucket
 * continues from the offset that was last set there; a bucket that is behind it (a failover lost a
 * suffix) refuses, and the partition is read again from the bucket's own offset, which the other
 * buckets skip. So the store itself says what it has seen, and the consumer group's offsets are
 * only a hint for a store without any marker.
 *
 * <p>A bucket without marker takes no fills. All it can hold are entries that were put, and what
 * evicts those is carried out there too; so any stamp is true of it, and it gets the highest that
 * was read, so that fills older than evictions it has missed are refused. That stamp has to be
 * known first, which is why reading begins one record before the first that is needed.
 *
 * <h2>Failure modes</h2>
 *
 * A marker that vanishes means that the store lost its data: the bucket is initialised anew. A
 * bucket that needs records which the topic keeps no more, or has lost, has missed evictions for
 * good: it gets a barrier at the log's end, below which its entries are not trusted, in the step
 * that moves it on. A {@link Eviction.Barrier} does that to every bucket, and so does a new epoch.
 */
public final class PartitionApplier {

    /** Buckets spoken to in one go. */
    private static final int AT_ONCE = 1_000;

    private static final long NOWHERE = Long.MAX_VALUE;

    private record Bucket(Namespace namespace, int number) {}

    private final Partitioning partitioning;
    private final EvictionTarget target;
    private final ApplierObserver observer;
    private final BucketOffsets offsets;
    private final Set<Namespace> withoutMarkers = new HashSet<>();
    private final List<Bucket> ofFormerEpochs = new ArrayList<>();

    private boolean catalogKnown;
    private long position;
    private long rewindTo = NOWHERE;
    private @Nullable Stamp highest;
    private Stamp logEnd = Stamp.ZERO;
    private Stamp seen = Stamp.ZERO;
    private Stamp through = Stamp.ZERO;

    public PartitionApplier(
            int partition,
            Partitioning partitioning,
            EvictionTarget target,
            ApplierObserver observer) {
        this.partitioning = partitioning;
        this.target = target;
        this.observer = observer;
        this.offsets = new BucketOffsets(partition, partitioning);
    }

    /** Offset that is to be read next. */
    public long position() {
        return position;
    }

    /**
     * Learns where the buckets stand.
     *
     * @return the offset to read from
     * @throws IllegalStateException with the mend, when the store has seen more of the log, or a
     *     later epoch, than there is
     */
    public long start(Extent extent, NamespaceNames catalog) {
        logEnd = extent.logEnd();
        position = extent.end();
        Optional<Set<Namespace>> names = catalog.names();
        catalogKnown = names.isPresent();
        learn(names.orElse(Set.of()));
        requireNoneAhead();
        var ahead = new ArrayList<BucketBatch>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset > extent.end()) {
                observer.ahead(namespace, bucket, offset, extent.end());
                var place = new Bucket(namespace, bucket);
                ahead.add(anew(place, extent.first(), extent.first(), extent.logEnd()));
                rewindTo = extent.first();
            }
        });
        send(ahead);
        skipTo(extent.first(), extent.logEnd());
        long needed = rewindTo == NOWHERE ? extent.committed().orElse(extent.first()) : rewindTo;
        if (!extent.holds(needed)) {
            needed = extent.first();
        }
        rewindTo = NOWHERE;
        highest = extent.isVirgin() ? Stamp.ZERO : null;
        position = Math.max(extent.first(), needed - 1);
        return position;
    }

    /**
     * Follows the catalog: learns where the buckets of new namespaces stand, lets go of those that
     * are no more, and gives markers to the buckets that have none.
     */
    public Step follow(NamespaceNames catalog) {
        if (next() instanceof Step.Rewind outstanding) {
            return outstanding;
        }
        catalog.names()
                .ifPresent(names -> {
                    catalogKnown = true;
                    offsets.retain(names);
                    learn(names);
                });
        initialise();
        return next();
    }

    /** Applies records; their offsets rise from {@link #position}. */
    public Step apply(List<Positioned> records) {
        if (!catalogKnown) {
            adopt(records);
        }
        if (next() instanceof Step.Rewind outstanding) {
            return outstanding;
        }
        note(records);
        long nextOffset = records.getLast().offset() + 1;
        send(batches(records, nextOffset));
        position = nextOffset;
        initialise();
        return next();
    }

    /**
     * Moves on the markers of buckets for which nothing came, and finds out which have vanished or
     * fallen behind.
     */
    public Step moveIdle() {
        if (next() instanceof Step.Rewind outstanding) {
            return outstanding;
        }
        var batches = new ArrayList<BucketBatch>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset != BucketOffsets.NONE && offset <= position) {
                batches.add(
                        new BucketBatch(namespace, bucket, offset, position, through, List.of()));
            }
        });
        send(batches);
        initialise();
        return next();
    }

    /**
     * Gives up what stood before {@code first}, which the topic keeps no more, and with it the
     * trust in what buckets hold that needed it.
     *
     * @param logEnd as in {@link Extent}
     */
    public void skipTo(long first, Stamp logEnd) {
        List<BucketBatch> skips = skips(first, logEnd);
        while (!skips.isEmpty()) {
            send(skips);
            skips = skips(first, logEnd);
        }
        if (rewindTo != NOWHERE) {
            rewindTo = Math.max(rewindTo, first);
        }
        position = Math.max(position, first);
    }

    private List<BucketBatch> skips(long first, Stamp logEnd) {
        var skips = new ArrayList<BucketBatch>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset != BucketOffsets.NONE && offset < first) {
                observer.expired(namespace, bucket, offset, first);
                skips.add(anew(new Bucket(namespace, bucket), offset, first, logEnd));
            }
        });
        return skips;
    }

    private static BucketBatch anew(Bucket bucket, long from, long first, Stamp logEnd) {
        return new BucketBatch(
                bucket.namespace(), bucket.number(), from, first, Stamp.ZERO, logEnd, List.of());
    }

    /**
     * A bucket that is behind is given nothing before it has been read again what it missed: a
     * rewind that a failure left outstanding therefore comes first.
     */
    private Step next() {
        if (rewindTo >= position) {
            rewindTo = NOWHERE;
            return new Step.Continue();
        }
        position = rewindTo;
        rewindTo = NOWHERE;
        through = Stamp.ZERO;
        return new Step.Rewind(position);
    }

    private void note(List<Positioned> records) {
        Stamp reached = highest == null ? Stamp.ZERO : highest;
        for (Positioned record : records) {
            through = Stamp.max(through, record.eviction().through());
            reached = Stamp.max(reached, through);
            reached = Stamp.max(reached, record.killsBelow());
        }
        highest = reached;
    }

    private List<BucketBatch> batches(List<Positioned> records, long nextOffset) {
        Map<Bucket, Share> shares = new LinkedHashMap<>();
        records.forEach(record -> share(record, shares));
        long first = records.getFirst().offset();
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

    private void share(Positioned record, Map<Bucket, Share> shares) {
        switch (record.eviction()) {
            case Eviction.Keys(var namespace, var keys, var mode, var killsBelow, _) -> {
                for (EntryKey key : keys) {
                    share(record.offset(), namespace, key, shares)
                            .ifPresent(
                                    share -> share.evict(new KeyEviction(key, mode, killsBelow)));
                }
            }
            case Eviction.Replacement replacement ->
                    share(record.offset(), replacement.namespace(), replacement.key(), shares)
                            .ifPresent(share -> share.evict(evictionOf(replacement)));
            case Eviction.Barrier(var below) ->
                    offsets.forEach((namespace, bucket, seen) -> {
                        if (seen != BucketOffsets.NONE && seen <= record.offset()) {
                            shares.computeIfAbsent(new Bucket(namespace, bucket), _ -> new Share())
                                    .distrustBelow(below);
                        }
                    });
            case Eviction.Progress _ -> {}
        }
    }

    /** That of the key's bucket, unless the bucket has seen the record. */
    private Optional<Share> share(
            long offset, Namespace namespace, EntryKey key, Map<Bucket, Share> shares) {
        int bucket = partitioning.bucketOf(namespace, key);
        return offsets.get(namespace, bucket) > offset
                ? Optional.empty()
                : Optional.of(
                        shares.computeIfAbsent(new Bucket(namespace, bucket), _ -> new Share()));
    }

    private static KeyEviction evictionOf(Eviction.Replacement replacement) {
        return new KeyEviction(
                replacement.key(), Mode.HARD, replacement.killsBelow(), RowEntry.of(replacement));
    }

    private void send(List<BucketBatch> batches) {
        Answers.eachOf(batches, target::apply, AT_ONCE, this::take);
    }

    private void take(BucketBatch batch, ApplyOutcome outcome) {
        Namespace namespace = batch.namespace();
        int bucket = batch.bucket();
        if (!offsets.isTracked(namespace)) {
            return;
        }
        switch (outcome) {
            case ApplyOutcome.Applied(int removed, int marked, int written) -> {
                offsets.set(namespace, bucket, batch.nextOffset());
                observer.applied(removed, marked, written);
            }
            case ApplyOutcome.Behind(long nextOffset) -> {
                offsets.set(namespace, bucket, nextOffset);
                rewindTo = Math.min(rewindTo, nextOffset);
                observer.rewound(namespace, bucket, nextOffset);
            }
            case ApplyOutcome.Uninitialised _ -> {
                if (offsets.get(namespace, bucket) != BucketOffsets.NONE) {
                    offsets.set(namespace, bucket, BucketOffsets.NONE);
                    observer.vanished(namespace, bucket);
                }
            }
        }
    }

    private void initialise() {
        Stamp at = highest;
        if (at == null) {
            return;
        }
        var without = new ArrayList<Bucket>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset == BucketOffsets.NONE) {
                without.add(new Bucket(namespace, bucket));
            }
        });
        Answers.eachOf(
                without,
                bucket -> target.initialise(bucket.namespace(), bucket.number(), at, position),
                AT_ONCE,
                this::take);
    }

    /**
     * Positions of a former epoch say nothing of this one, nor do the offsets beside them: what the
     * buckets hold is not to be trusted, and they begin where reading is.
     */
    private void beginEpoch() {
        Stamp barrier = highest == null ? logEnd : Stamp.max(highest, logEnd);
        List<BucketBatch> beginnings =
                ofFormerEpochs.stream().map(bucket -> anew(bucket, 0, position, barrier)).toList();
        send(beginnings);
        ofFormerEpochs.clear();
    }

    private void requireNoneAhead() {
        if (seen.epoch() > logEnd.epoch()) {
            throw new IllegalStateException(
                    ("Redis has seen epoch %d of the log, and %d is configured: set"
                                    + " freshet.topics.epoch to at least %d in every service")
                            .formatted(seen.epoch(), logEnd.epoch(), seen.epoch()));
        }
        if (logEnd.isKilledBy(seen)) {
            throw new IllegalStateException(
                    ("the log ends at %s, but Redis has seen it up to %s: it was lost or made anew,"
                                    + " and stamps no longer tell what is fresh; begin a new epoch"
                                    + " (freshet.topics.epoch) in every service")
                            .formatted(logEnd, seen));
        }
    }

    /** Learns where the buckets of namespaces stand that are not known yet. */
    private void learn(Collection<Namespace> names) {
        List<Namespace> unknown = names.stream().filter(name -> !offsets.isTracked(name)).toList();
        Answers.eachOf(
                unknown,
                name -> target.markers(name, offsets.buckets()),
                AT_ONCE,
                (name, markers) -> {
                    offsets.track(name);
                    markers.forEach((bucket, marker) -> take(new Bucket(name, bucket), marker));
                });
        beginEpoch();
    }

    /**
     * While the catalog cannot be read: a namespace with evictions is one of ours if its buckets
     * have markers; without any it holds nothing that could be evicted.
     */
    private void adopt(List<Positioned> records) {
        Set<Namespace> strangers = new HashSet<>();
        for (Positioned record : records) {
            Namespace namespace = record.namespace();
            if (namespace != null
                    && !offsets.isTracked(namespace)
                    && !withoutMarkers.contains(namespace)) {
                strangers.add(namespace);
            }
        }
        Answers.eachOf(
                strangers,
                name -> target.markers(name, offsets.buckets()),
                AT_ONCE,
                (name, markers) -> {
                    if (markers.isEmpty()) {
                        withoutMarkers.add(name);
                    } else {
                        offsets.track(name);
                        markers.forEach((bucket, marker) -> take(new Bucket(name, bucket), marker));
                    }
                });
        beginEpoch();
    }

    private void take(Bucket bucket, Marker marker) {
        Stamp applied = marker.applied();
        seen = Stamp.max(seen, applied);
        if (!applied.equals(Stamp.ZERO) && applied.epoch() < logEnd.epoch()) {
            ofFormerEpochs.add(bucket);
            return;
        }
        offsets.set(bucket.namespace(), bucket.number(), marker.nextOffset());
        rewindTo = Math.min(rewindTo, marker.nextOffset());
    }
}
