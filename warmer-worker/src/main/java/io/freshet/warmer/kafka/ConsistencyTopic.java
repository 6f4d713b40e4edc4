package io.freshet.warmer.kafka;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.verify.ConsistencyReports;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what was verified on the compacted topic {@code freshet.consistency}. */
public final class ConsistencyTopic implements ConsistencyReports.Sink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConsistencyTopic.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TopicSpec<ConsistencyReport> topic;
    private final Producer<String, byte[]> producer;

    public ConsistencyTopic(WarmerClients clients, TopicSpec<ConsistencyReport> topic) {
        this.topic = topic;
        this.producer = clients.producer("consistency");
    }

    /** What Kafka does not take is told with the next change. */
    @Override
    public void publish(ConsistencyReport report) {
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(), report.recordKey(), topic.codec().encode(report)),
                            (_, failure) -> {
                                if (failure != null) {
                                    logUntold(report, failure);
                                }
                            });
        } catch (KafkaException e) {
            logUntold(report, e);
        }
    }

    private static void logUntold(ConsistencyReport report, Exception failure) {
        log.atWarn()
                .addKeyValue("namespace", report.namespace())
                .setCause(failure)
                .log("could not tell the consistency of a namespace");
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
