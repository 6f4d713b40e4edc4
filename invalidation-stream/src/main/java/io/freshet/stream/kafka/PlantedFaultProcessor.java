package io.freshet.stream.kafka;

import io.freshet.contracts.event.LogRecord;
import io.freshet.stream.routing.PlantedFault;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Stands between routing and the log when a mistake is to be made on purpose. */
final class PlantedFaultProcessor extends ContextualProcessor<byte[], Object, byte[], Object> {

    private final PlantedFault fault;

    PlantedFaultProcessor(PlantedFault fault) {
        this.fault = fault;
    }

    @Override
    public void process(Record<byte[], Object> record) {
        for (LogRecord out :
                fault.pass((LogRecord) record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            context().forward(record.withValue(out));
        }
    }
}
