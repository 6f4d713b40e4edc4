package io.freshet.warmer.kafka;

import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.job.ProgressSink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells progress on the compacted topic {@code freshet.warm-progress}, by job. */
public final class ProgressTopic implements ProgressSink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressTopic.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TopicSpec<WarmProgress> topic;
    private final Producer<String, byte[]> producer;

    public ProgressTopic(WarmerClients clients, TopicSpec<WarmProgress> topic) {
        this.topic = topic;
        this.producer = clients.producer("progress");
    }

    @Override
    public CompletionStage<@Nullable Void> publish(WarmProgress progress) {
        var told = new CompletableFuture<@Nullable Void>();
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(),
                                    progress.recordKey(),
                                    topic.codec().encode(progress)),
                            (_, failure) -> {
                                if (failure != null) {
                                    logUntold(progress, failure);
                                }
                                told.complete(null);
                            });
        } catch (KafkaException e) {
            logUntold(progress, e);
            told.complete(null);
        }
        return told;
    }

    private static void logUntold(WarmProgress progress, Exception failure) {
        log.atWarn()
                .addKeyValue("job", progress.recordKey())
                .addKeyValue("state", progress.state())
                .setCause(failure)
                .log("could not tell the progress of a warm job");
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
