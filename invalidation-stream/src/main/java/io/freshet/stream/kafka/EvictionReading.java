package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.stream.applier.Extent;
import io.freshet.stream.applier.Positioned;
import io.freshet.stream.applier.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
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
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConsumer<String, Eviction> consumer;
    private final EvictionConsumer.Settings settings;
    private final EvictionConsumer.Parts parts;
    private final Map<TopicPartition, AssignedPartition> assigned = new HashMap<>();
    private final BackOff backOff;
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
        this.idle = new Every(settings.idleInterval());
        this.catalog = new Every(settings.catalogInterval());
        this.commit = new Every(COMMIT_INTERVAL);
        consumer.subscribe(List.of(topic), new Rebalance());
    }

    /** Reads until told to stop, then commits. */
    void run(BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                for (var record : consumer.poll(POLL)) {
                    var from = new TopicPartition(record.topic(), record.partition());
                    requireNonNull(assigned.get(from))
                            .add(new Positioned(record.offset(), record.value()));
                }
                if (!backOff.isWaiting()) {
                    turn();
                }
                measureLag();
            }
        } catch (WakeupException _) {
            log.atDebug().log("woken up to stop");
        }
        commitSync(assigned.keySet());
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
                applyRounds(partition);
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
            commitAsync();
        }
    }

    private void start(AssignedPartition partition) {
        if (partition.isStarted()) {
            return;
        }
        TopicPartition name = partition.name();
        Set<TopicPartition> one = Set.of(name);
        OffsetAndMetadata committed = consumer.committed(one, CALL_TIMEOUT).get(name);
        long end = requireNonNull(consumer.endOffsets(one, CALL_TIMEOUT).get(name));
        var extent =
                new Extent(
                        first(name),
                        end,
                        committed == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(committed.offset()),
                        logEnd(name));
        long from = partition.applier().start(extent, parts.catalog());
        consumer.seek(name, from);
        consumer.resume(one);
        partition.started();
        log.atInfo()
                .addKeyValue("partition", name.partition())
                .addKeyValue("from", from)
                .addKeyValue("end", end)
                .log("applying evictions");
    }

    private void applyRounds(AssignedPartition partition) {
        while (partition.unapplied() > 0) {
            List<Positioned> round = partition.round(settings.keysPerRound());
            Step step = partition.applier().apply(round);
            partition.applied(round.size());
            go(partition, step);
        }
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
            long first = first(partition.name());
            if (offset < first) {
                partition.applier().skipTo(first, logEnd(partition.name()));
            }
            consumer.seek(partition.name(), Math.max(offset, first));
            partition.sought();
        }
    }

    private long first(TopicPartition name) {
        return requireNonNull(consumer.beginningOffsets(Set.of(name), CALL_TIMEOUT).get(name));
    }

    private Stamp logEnd(TopicPartition name) {
        var log = new TopicPartition(settings.log(), name.partition());
        long end = requireNonNull(consumer.endOffsets(Set.of(log), CALL_TIMEOUT).get(log));
        return Stamp.of(settings.epoch(), end);
    }

    private void commitAsync() {
        var offsets = uncommitted(assigned.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(
                    offsets,
                    (_, failure) -> {
                        if (failure != null) {
                            log.atDebug().setCause(failure).log("offsets not committed");
                        }
                    });
        }
    }

    /** The group's offsets are a hint for a store without markers, and may be behind. */
    private void commitSync(Collection<TopicPartition> names) {
        var offsets = uncommitted(names);
        try {
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, CALL_TIMEOUT);
            }
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("offsets not committed");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> names) {
        List<AssignedPartition> moved =
                assigned.values().stream()
                        .filter(partition -> names.contains(partition.name()))
                        .filter(AssignedPartition::isUncommitted)
                        .toList();
        moved.forEach(AssignedPartition::committed);
        return moved.stream()
                .collect(
                        Collectors.toMap(
                                AssignedPartition::name,
                                each -> new OffsetAndMetadata(each.applier().position())));
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
            commitSync(removed);
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

    /** Says that something is due, at most once in an interval. */
    private final class Every {
        private final Duration interval;
        private Instant next = Instant.MIN;

        Every(Duration interval) {
            this.interval = interval;
        }

        boolean isDue() {
            Instant now = parts.clock().instant();
            if (now.isBefore(next)) {
                return false;
            }
            next = now.plus(interval);
            return true;
        }
    }
}
