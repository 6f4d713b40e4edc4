package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.Eviction;
import io.freshet.engine.log.Pace;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.stream.applier.Extent;
import io.freshet.stream.applier.Positioned;
import io.freshet.stream.applier.Step;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions that one consumer is assigned and applies them.
 *
 * <h2>Phases of a partition</h2>
 *
 * Assigned: paused until the store has said where its buckets stand. Started: records are read and
 * applied in rounds of a bounded number of keys. While the store does not answer every partition is
 * paused and what was read is tried again, ever more slowly; polling goes on, so that the
 * partitions stay here. Offsets are committed after the store has answered.
 *
 * <p>For one thread, except {@link #state}, {@link #lag} and {@link #wakeUp}.
 */
final class EvictionReading {

    private static final Logger log = LoggerFactory.getLogger(EvictionReading.class);

    /** What is evicted was out of force before: it may gather, and fewer scripts run. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, Eviction> consumer;
    private final EvictionConsumer.Settings settings;
    private final EvictionConsumer.Parts parts;
    private final Map<TopicPartition, AssignedPartition> assigned = new HashMap<>();
    private final Extents extents;
    private final AppliedOffsets applied;
    private final BackOff backOff;
    private final Pace pace = new Pace(PACE);
    private final Every idle;
    private final Every catalog;
    private final Every commit;

    private volatile boolean joined;
    private volatile List<Integer> partitions = List.of();
    private volatile long lag;

    EvictionReading(
            KafkaConsumer<String, Eviction> consumer,
            String topic,
            EvictionConsumer.Settings settings,
            EvictionConsumer.Parts parts) {
        this.consumer = consumer;
        this.settings = settings;
        this.parts = parts;
        this.backOff =
                new BackOff(settings.shortestBackOff(), settings.longestBackOff(), parts.clock());
        this.extents = new Extents(consumer, settings);
        this.applied = new AppliedOffsets(consumer);
        this.idle = new Every(settings.idleInterval(), parts.clock());
        this.catalog = new Every(settings.catalogInterval(), parts.clock());
        this.commit = new Every(COMMIT_INTERVAL, parts.clock());
        consumer.subscribe(List.of(topic), new Rebalance());
    }

    /** Reads until told to stop, then commits. */
    void run(BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                for (var record : pace.poll(consumer, POLL)) {
                    var from = new TopicPartition(record.topic(), record.partition());
                    requireNonNull(assigned.get(from))
                            .add(
                                    new Positioned(
                                            record.offset(),
                                            record.value(),
                                            parts.spans().begin(record)));
                }
                if (!backOff.isWaiting()) {
                    turn();
                }
                measureLag();
            }
        } catch (WakeupException _) {
            log.atDebug().log("woken up to stop");
        }
        applied.commitSync(assigned.values());
    }

    ApplierState state() {
        if (!joined) {
            return new ApplierState.Joining();
        }
        return backOff.isActive()
                ? new ApplierState.StoreUnavailable(partitions)
                : new ApplierState.Applying(partitions);
    }

    long lag() {
        return lag;
    }

    void wakeUp() {
        consumer.wakeup();
    }

    private void turn() {
        try {
            boolean followCatalog = catalog.isDue();
            boolean moveIdle = idle.isDue();
            if (moveIdle) {
                parts.watch().look();
            }
            for (AssignedPartition partition : assigned.values()) {
                start(partition);
                seek(partition);
            }
            applyInTurns();
            for (AssignedPartition partition : assigned.values()) {
                if (followCatalog) {
                    go(partition, partition.applier().follow(parts.catalog()));
                }
                if (moveIdle) {
                    go(partition, partition.applier().moveIdle());
                }
            }
        } catch (StoreUnavailableException e) {
            if (!backOff.isActive()) {
                log.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("the store does not answer: evictions wait");
            }
            backOff.failed();
            consumer.pause(assigned.keySet());
            return;
        }
        if (backOff.isActive()) {
            log.atInfo().log("the store answers again");
            backOff.succeeded();
            consumer.resume(assigned.keySet());
        }
        if (commit.isDue()) {
            applied.commitAsync(assigned.values());
        }
    }

    private void start(AssignedPartition partition) {
        if (partition.isStarted()) {
            return;
        }
        TopicPartition name = partition.name();
        Extent extent = extents.of(name);
        long from = partition.applier().start(extent, parts.catalog());
        consumer.seek(name, from);
        consumer.resume(List.of(name));
        partition.started();
        log.atInfo()
                .addKeyValue("partition", name.partition())
                .addKeyValue("from", from)
                .addKeyValue("end", extent.end())
                .log("applying evictions");
    }

    /** A round of each partition at a time: a large purge in one does not hold up another. */
    private void applyInTurns() {
        boolean more = true;
        while (more) {
            more = false;
            for (AssignedPartition partition : assigned.values()) {
                if (partition.unapplied() > 0) {
                    applyRound(partition);
                    more |= partition.unapplied() > 0;
                }
            }
        }
    }

    private void applyRound(AssignedPartition partition) {
        List<Positioned> round = partition.round(settings.keysPerRound());
        Step step = partition.applier().apply(round);
        parts.spans().end(round, step, partition.applier().lastRound());
        partition.applied(round.size());
        go(partition, step);
    }

    private void go(AssignedPartition partition, Step step) {
        switch (step) {
            case Step.Continue _ -> {}
            case Step.Rewind(long offset) -> {
                partition.seekTo(offset);
                seek(partition);
            }
        }
    }

    /** Stays outstanding if the store does not answer in between. */
    private void seek(AssignedPartition partition) {
        Long offset = partition.seekTo();
        if (offset != null) {
            long first = extents.first(partition.name());
            if (offset < first) {
                partition.applier().skipTo(first, extents.logEnd(partition.name()));
            }
            consumer.seek(partition.name(), Math.max(offset, first));
            partition.sought();
        }
    }

    private void measureLag() {
        long sum = 0;
        for (AssignedPartition partition : assigned.values()) {
            sum += partition.unapplied() + consumer.currentLag(partition.name()).orElse(0);
        }
        lag = sum;
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            for (TopicPartition name : added) {
                // Any position: without one Kafka would look for an offset of the group.
                consumer.seek(name, 0);
                assigned.put(
                        name,
                        new AssignedPartition(name, parts.appliers().apply(name.partition())));
            }
            consumer.pause(added);
            changed();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> removed) {
            applied.commitSync(
                    assigned.values().stream()
                            .filter(partition -> removed.contains(partition.name()))
                            .toList());
            onPartitionsLost(removed);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> removed) {
            assigned.keySet().removeAll(removed);
            changed();
        }

        private void changed() {
            partitions =
                    assigned.keySet().stream().map(TopicPartition::partition).sorted().toList();
            joined = true;
        }
    }
}
