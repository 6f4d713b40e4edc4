package io.freshet.engine.log;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.topic.TopicSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records of the log of writes; what cannot be read is logged and passed over. */
record WriteReader(TopicSpec<SourceWrite> topic) {

    private static final Logger log = LoggerFactory.getLogger(WriteReader.class);

    @Nullable PlacedWrite read(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            return new PlacedWrite(
                    record.partition(), record.offset(), topic.codec().decode(value));
        } catch (MalformedRecordException e) {
            log.atError()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("problem", e.getMessage())
                    .log("A record of the log of writes cannot be read");
            return null;
        }
    }
}
