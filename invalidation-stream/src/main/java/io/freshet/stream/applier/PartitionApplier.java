package io.freshet.stream.applier;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
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

    /** What a script or a look at a namespace costs without any entry, in evictions of one. */
    static final int SCRIPT = 8;

    private final Partitioning partitioning;
    private final EvictionTarget target;
    private final ApplierObserver observer;
    private final BucketOffsets offsets;
    private final Cursor cursor = new Cursor();
    private final MarkerSurvey survey;

    private boolean catalogKnown;
    private @Nullable Stamp highest;
    private Stamp through = Stamp.ZERO;
    private Applied round = Applied.NOTHING;

    /** What a round of records did to entries. */
    public record Applied(int removed, int marked, int written) {

        static final Applied NOTHING = new Applied(0, 0, 0);

        private Applied and(int alsoRemoved, int alsoMarked, int alsoWritten) {
            return new Applied(removed + alsoRemoved, marked + alsoMarked, written + alsoWritten);
        }
    }

    public PartitionApplier(
            int partition,
            Partitioning partitioning,
            EvictionTarget target,
            ApplierObserver observer) {
        this.partitioning = partitioning;
        this.target = target;
        this.observer = observer;
        this.offsets = new BucketOffsets(partition, partitioning);
        this.survey = new MarkerSurvey(target, offsets, cursor);
    }

    /** Offset that is to be read next. */
    public long position() {
        return cursor.position();
    }

    /**
     * Learns where the buckets stand.
     *
     * @return the offset to read from
     * @throws IllegalStateException with the mend, when the store has seen more of the log, or a
     *     later epoch, than there is
     */
    public long start(Extent extent, NamespaceNames catalog) {
        survey.logEndsAt(extent.logEnd());
        cursor.moveTo(extent.end());
        Optional<Set<Namespace>> names = catalog.names();
        catalogKnown = names.isPresent();
        learn(names.orElse(Set.of()));
        survey.requireNoneAhead();
        beginAnewWhereAhead(extent);
        skipTo(extent.first(), extent.logEnd());
        long needed = cursor.takeNeeded(extent.committed().orElse(extent.first()));
        if (!extent.holds(needed)) {
            needed = extent.first();
        }
        highest = extent.isVirgin() ? Stamp.ZERO : null;
        cursor.moveTo(Math.max(extent.first(), needed - 1));
        return cursor.position();
    }

    private void beginAnewWhereAhead(Extent extent) {
        var ahead = new ArrayList<BucketBatch>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset > extent.end()) {
                observer.ahead(namespace, bucket, offset, extent.end());
                var place = new Bucket(namespace, bucket);
                ahead.add(Batches.anew(place, extent.first(), extent.first(), extent.logEnd()));
                cursor.need(extent.first());
            }
        });
        send(ahead);
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
            survey.adopt(records);
            beginEpoch();
        }
        if (next() instanceof Step.Rewind outstanding) {
            return outstanding;
        }
        note(records);
        round = Applied.NOTHING;
        send(Batches.of(records, through, partitioning, offsets));
        cursor.moveTo(records.getLast().offset() + 1);
        initialise();
        return next();
    }

    /** What the last round that was applied did. */
    public Applied lastRound() {
        return round;
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
            if (offset != BucketOffsets.NONE && offset <= position()) {
                batches.add(
                        new BucketBatch(namespace, bucket, offset, position(), through, List.of()));
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
        cursor.skipTo(first);
    }

    private List<BucketBatch> skips(long first, Stamp logEnd) {
        var skips = new ArrayList<BucketBatch>();
        offsets.forEach((namespace, bucket, offset) -> {
            if (offset != BucketOffsets.NONE && offset < first) {
                observer.expired(namespace, bucket, offset, first);
                skips.add(Batches.anew(new Bucket(namespace, bucket), offset, first, logEnd));
            }
        });
        return skips;
    }

    /**
     * A bucket that is behind is given nothing before it has been read again what it missed: a
     * rewind that a failure left outstanding therefore comes first.
     */
    private Step next() {
        Step step = cursor.next();
        if (step instanceof Step.Rewind) {
            through = Stamp.ZERO;
        }
        return step;
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

    private void learn(Set<Namespace> names) {
        survey.learn(names);
        beginEpoch();
    }

    private void beginEpoch() {
        Stamp logEnd = survey.logEnd();
        Stamp barrier = highest == null ? logEnd : Stamp.max(highest, logEnd);
        send(
                survey.ofFormerEpochs().stream()
                        .map(bucket -> Batches.anew(bucket, 0, position(), barrier))
                        .toList());
        survey.begunThisEpoch();
    }

    private void send(List<BucketBatch> batches) {
        Answers.eachOf(
                batches, target::apply, batch -> SCRIPT + batch.evictions().size(), this::take);
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
                round = round.and(removed, marked, written);
            }
            case ApplyOutcome.Behind(long nextOffset) -> {
                offsets.set(namespace, bucket, nextOffset);
                cursor.need(nextOffset);
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
                bucket -> target.initialise(bucket.namespace(), bucket.number(), at, position()),
                _ -> SCRIPT,
                survey::take);
    }
}
