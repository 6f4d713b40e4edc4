package io.freshet.warmer.kafka;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.engine.log.ConsumerLoop;
import io.freshet.warmer.job.JobRunner;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.metrics.WarmerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes warm jobs as a member of the workers' group, and has them run: one at a time of each
 * partition.
 *
 * <p>A job's offset is committed when its end was told, so a worker that is killed leaves it to
 * whoever gets the partition next; what it had loaded is found fresh then and costs no query. A
 * partition that is handed on in the middle of a job interrupts it, for the same reason. Partitions
 * whose jobs are running are paused, so the worker stays in the group however long they take.
 */
public final class JobConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("warm-job-", 0).factory());
    private final JobRunner runner;
    private final Ownership ownership;
    private final ConsumerLoop loop;

    public JobConsumer(
            WarmerClients clients,
            TopicSpec<WarmJob> topic,
            String group,
            JobRunner runner,
            Ownership ownership,
            WarmerMetrics metrics) {
        this.runner = runner;
        this.ownership = ownership;
        this.loop =
                new ConsumerLoop(
                        "warm-jobs",
                        () -> clients.jobs(group),
                        new Lanes(new TolerantReader<>(topic, metrics)));
    }

    public void start() {
        loop.start();
    }

    /** Interrupts the running jobs, leaves the group and waits until both are done. */
    @Override
    public void close() {
        loop.close();
        threads.close();
    }

    private Future<?> run(WarmJob job) {
        return threads.submit(() -> {
            runner.run(job);
            return null;
        });
    }

    private final class Lanes implements ConsumerLoop.Polling {

        private final TolerantReader<WarmJob> reader;
        private final Map<TopicPartition, Lane> lanes = new HashMap<>();

        Lanes(TolerantReader<WarmJob> reader) {
            this.reader = reader;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            consumer.subscribe(List.of(reader.topic().name()), new Handover(consumer));
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            var records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                lanes.computeIfAbsent(partition, _ -> new Lane(reader, JobConsumer.this::run))
                        .add(records.records(partition));
            }
            Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
            lanes.forEach((partition, lane) ->
                    lane.advance()
                            .ifPresent(
                                    next -> finished.put(partition, new OffsetAndMetadata(next))));
            commit(consumer, finished);
            pauseBusyOnes(consumer);
        }

        @Override
        public void end() {
            ownership.owns(Set.of());
            lanes.values().forEach(Lane::stop);
            lanes.clear();
        }

        private void pauseBusyOnes(Consumer<String, byte[]> consumer) {
            List<TopicPartition> idle = new ArrayList<>();
            List<TopicPartition> busy = new ArrayList<>();
            lanes.forEach((partition, lane) -> (lane.isIdle() ? idle : busy).add(partition));
            consumer.pause(busy);
            consumer.resume(idle);
        }

        private void commit(
                Consumer<String, byte[]> consumer,
                Map<TopicPartition, OffsetAndMetadata> finished) {
            if (finished.isEmpty()) {
                return;
            }
            try {
                consumer.commitSync(finished);
            } catch (CommitFailedException | RebalanceInProgressException e) {
                log.atInfo()
                        .addKeyValue("partitions", finished.keySet())
                        .addKeyValue("reason", e.getMessage())
                        .log("finished jobs were not committed; whoever gets them finds them warm");
            }
        }

        private void handOn(
                Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
            for (TopicPartition partition : partitions) {
                Lane lane = lanes.remove(partition);
                if (lane != null) {
                    lane.settle()
                            .ifPresent(
                                    next -> finished.put(partition, new OffsetAndMetadata(next)));
                    lane.stop();
                }
            }
            commit(consumer, finished);
        }

        /** Follows the partitions as the group hands them on. */
        private final class Handover implements ConsumerRebalanceListener {

            private final Consumer<String, byte[]> consumer;
            private final Set<TopicPartition> owned = new HashSet<>();

            Handover(Consumer<String, byte[]> consumer) {
                this.consumer = consumer;
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                owned.addAll(partitions);
                tellOwned();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                handOn(consumer, partitions);
                owned.removeAll(partitions);
                tellOwned();
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                partitions.forEach(partition -> {
                    Lane lane = lanes.remove(partition);
                    if (lane != null) {
                        lane.stop();
                    }
                });
                owned.removeAll(partitions);
                tellOwned();
            }

            private void tellOwned() {
                ownership.owns(owned.stream().map(TopicPartition::partition).toList());
            }
        }
    }
}
