package io.freshet.warmer.kafka;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.job.JobQueue;
import io.freshet.warmer.job.ProgressSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Hands jobs over on {@code freshet.warm-jobs}: parts to all partitions in turn, so that every
 * worker has some. A job is told as queued before a worker can take it.
 */
public final class JobTopic implements JobQueue, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TopicSpec<WarmJob> topic;
    private final ProgressSink progress;
    private final Producer<String, byte[]> producer;

    public JobTopic(WarmerClients clients, TopicSpec<WarmJob> topic, ProgressSink progress) {
        this.topic = topic;
        this.progress = progress;
        this.producer = clients.producer("jobs");
    }

    @Override
    public void submit(WarmJob job) throws InterruptedException {
        if (job.part() == 0) {
            progress.publish(WarmProgress.of(job, State.QUEUED, Tally.NONE, job.at()))
                    .toCompletableFuture()
                    .join();
        }
        @Nullable Integer partition = job.part() == 0 ? null : job.part() % topic.partitions();
        try {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(),
                                    partition,
                                    job.recordKey(),
                                    topic.codec().encode(job)))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException("Kafka did not take " + job.recordKey(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
