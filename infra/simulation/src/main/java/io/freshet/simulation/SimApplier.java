package io.freshet.simulation;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.stream.applier.ApplierObserver;
import io.freshet.stream.applier.Extent;
import io.freshet.stream.applier.NamespaceNames;
import io.freshet.stream.applier.PartitionApplier;
import io.freshet.stream.applier.Positioned;
import io.freshet.stream.applier.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The real {@link PartitionApplier} of one partition and the consumer that feeds it. After a crash
 * a new one begins where the buckets are.
 */
final class SimApplier {

    private static final NamespaceNames CATALOG =
            () -> Optional.of(new LinkedHashSet<>(SimKeys.NAMESPACES));

    private final Schedule schedule;
    private final int partition;
    private final SimExpander expander;
    private final SimStore store;
    private PartitionApplier applier;
    private boolean started;
    private int next;
    private List<Positioned> unapplied = List.of();
    private OptionalLong committed = OptionalLong.empty();

    SimApplier(Schedule schedule, int partition, SimExpander expander, SimStore store) {
        this.schedule = schedule;
        this.partition = partition;
        this.expander = expander;
        this.store = store;
        applier = newApplier();
        String name = "applier " + partition;
        schedule.actor(name + " starts", () -> !started, this::start);
        schedule.worker(name + " applies", this::mayApply, this::apply);
        schedule.actor(name + " moves idle buckets", this::mayMoveIdle, this::moveIdle);
        schedule.chaos(Trouble.CRASHES, name + " crashes", 1, () -> next > 0, this::crash);
    }

    boolean isDone() {
        return started && !mayApply() && !mayMoveIdle();
    }

    private boolean mayApply() {
        return started && (!unapplied.isEmpty() || next < end());
    }

    private boolean mayMoveIdle() {
        return started && unapplied.isEmpty() && isAnyBucketBehind();
    }

    private boolean isAnyBucketBehind() {
        for (Namespace namespace : SimKeys.NAMESPACES) {
            Marker marker = store.marker(SimKeys.bucket(namespace, partition));
            if (marker == null || marker.nextOffset() < next) {
                return true;
            }
        }
        return false;
    }

    private int end() {
        return expander.evictions().size();
    }

    private void start() {
        var extent = new Extent(0, end(), committed, expander.logEnd());
        patiently(() -> {
            next = (int) applier.start(extent, CATALOG);
            started = true;
            return new Step.Continue();
        });
    }

    private void apply() {
        if (unapplied.isEmpty()) {
            int to = Math.min(end(), next + 1 + schedule.pick(2));
            unapplied = new ArrayList<>();
            for (; next < to; next++) {
                Eviction eviction = expander.evictions().get(next);
                schedule.note(() -> "eviction: " + eviction);
                unapplied.add(new Positioned(next, eviction));
            }
        }
        patiently(() -> {
            Step step = applier.apply(unapplied);
            unapplied = List.of();
            if (schedule.chance(50)) {
                committed = OptionalLong.of(applier.position());
            }
            return step;
        });
    }

    private void moveIdle() {
        patiently(() -> {
            Step step = applier.follow(CATALOG);
            return step instanceof Step.Rewind ? step : applier.moveIdle();
        });
    }

    /** What the store does not answer is tried again. */
    private void patiently(Supplier<Step> attempt) {
        try {
            if (attempt.get() instanceof Step.Rewind(long offset)) {
                next = (int) offset;
                unapplied = List.of();
            }
        } catch (StoreUnavailableException _) {
            schedule.note(() -> "the store does not answer the applier");
        }
    }

    private void crash() {
        applier = newApplier();
        started = false;
        unapplied = List.of();
    }

    private PartitionApplier newApplier() {
        return new PartitionApplier(partition, SimKeys.PARTITIONING, store, new Unheard());
    }

    private static final class Unheard implements ApplierObserver {

        @Override
        public void applied(int removed, int marked, int written) {}

        @Override
        public void rewound(Namespace namespace, int bucket, long toOffset) {}

        @Override
        public void vanished(Namespace namespace, int bucket) {}

        @Override
        public void expired(Namespace namespace, int bucket, long neededOffset, long first) {}

        @Override
        public void ahead(Namespace namespace, int bucket, long nextOffset, long endOffset) {}

        @Override
        public void serversChanged(Set<String> before, Set<String> now) {}
    }
}
