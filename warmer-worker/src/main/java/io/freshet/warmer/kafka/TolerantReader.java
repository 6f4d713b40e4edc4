package io.freshet.warmer.kafka;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.metrics.WarmerMetrics;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records of a topic; those that cannot be read are logged, counted and passed over. */
record TolerantReader<T>(TopicSpec<T> topic, WarmerMetrics metrics) {

    private static final Logger log = LoggerFactory.getLogger(TolerantReader.class);

    TolerantReader {
        metrics.reading(topic.name());
    }

    /** What the record says; empty when it is malformed. */
    Optional<T> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return passOver(record, "missing-value");
        }
        try {
            return Optional.of(topic.codec().decode(record.value()));
        } catch (MalformedRecordException e) {
            return passOver(record, e.reason());
        }
    }

    private Optional<T> passOver(ConsumerRecord<String, byte[]> record, String reason) {
        metrics.malformed(topic.name());
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("malformed record passed over");
        return Optional.empty();
    }
}
