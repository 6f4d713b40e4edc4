package io.freshet.api.warm;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The way of jobs to the workers, {@code freshet.warm-jobs}. A job is told as queued, on {@code
 * freshet.warm-progress}, before a worker can take it, so that every node knows its id.
 * Thread-safe; nothing blocks its caller.
 */
public final class WarmTopics implements WarmQueue, AutoCloseable {

    private static final Duration BLOCK = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final TopicSpec<WarmJob> jobs;
    private final TopicSpec<WarmProgress> progress;
    private final Producer<String, byte[]> producer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public WarmTopics(String bootstrapServers, Topics topics) {
        jobs = topics.warmJobs();
        progress = topics.warmProgress();
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "freshet-warm-jobs",
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                (int) BLOCK.toMillis(),
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                (int) BLOCK.toMillis(),
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                (int) DELIVERY.toMillis()),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    @Override
    public CompletionStage<WarmJob> submit(WarmJob job) {
        return CompletableFuture.supplyAsync(
                () -> {
                    send(progress, job.id(), told(job, WarmProgress.State.QUEUED));
                    try {
                        send(jobs, job.id(), job);
                    } catch (CompletionException e) {
                        send(progress, job.id(), told(job, WarmProgress.State.FAILED));
                        throw e;
                    }
                    return job;
                },
                threads);
    }

    private <T> void send(TopicSpec<T> topic, String key, T value) {
        try {
            producer.send(new ProducerRecord<>(topic.name(), key, topic.codec().encode(value)))
                    .get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static WarmProgress told(WarmJob job, WarmProgress.State state) {
        long total =
                switch (job.selection()) {
                    case WarmJob.Selection.Keys(var keys) -> keys.size();
                    case WarmJob.Selection.Top(int count) -> count;
                };
        return new WarmProgress(job.id(), job.namespace(), state, total, 0, 0, 0, 0, job.at());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        threads.shutdownNow();
    }
}
