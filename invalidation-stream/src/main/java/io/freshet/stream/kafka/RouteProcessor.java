package io.freshet.stream.kafka;

import io.freshet.contracts.position.InboxPosition;
import io.freshet.stream.kafka.RouterTopology.DeadLetterCount;
import io.freshet.stream.routing.Routed;
import io.freshet.stream.routing.Routing;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each record of the inbox to {@link Routing} and writes what that decides.
 *
 * <p>A record of the log carries the time at which it was written, for retention goes by it and the
 * times in the inbox are those of strangers. A dead letter keeps its key, value, headers and time.
 */
final class RouteProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {

    private static final Logger log = LoggerFactory.getLogger(RouteProcessor.class);

    private final Routing routing;
    private final DeadLetterCount deadLetterCount;

    RouteProcessor(Routing routing, DeadLetterCount deadLetterCount) {
        this.routing = routing;
        this.deadLetterCount = deadLetterCount;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        var via = new InboxPosition(from.partition(), from.offset());
        switch (routing.route(record.value(), via, Instant.ofEpochMilli(record.timestamp()))) {
            case Routed.ToLog(var logRecord) ->
                    context()
                            .forward(
                                    new Record<>(null, logRecord, context().currentSystemTimeMs()),
                                    RouterTopology.LOG);
            case Routed.ToDeadLetters(var reason, var message) -> {
                deadLetterCount.count(reason);
                log.atWarn()
                        .addKeyValue("reason", reason)
                        .addKeyValue("via", via)
                        .log("set a record of the inbox aside");
                context()
                        .forward(
                                DeadLetter.of(record, from, reason, message),
                                RouterTopology.DEAD_LETTERS);
            }
        }
    }
}
