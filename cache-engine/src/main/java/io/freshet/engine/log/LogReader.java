package io.freshet.engine.log;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.trace.Span;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells records of the log to a listener, those that cannot be read as such. */
final class LogReader {

    private static final Logger log = LoggerFactory.getLogger(LogReader.class);

    private final TopicSpec<LogRecord> topic;
    private final LogListener listener;
    private final EnforcementSpans spans;
    private final AtomicLong unreadable = new AtomicLong();

    LogReader(TopicSpec<LogRecord> topic, LogListener listener, EnforcementSpans spans) {
        this.topic = topic;
        this.listener = listener;
        this.spans = spans;
    }

    /**
     * Tells one.
     *
     * @param traced whether its coming in force is told to the tracer, too
     */
    void tell(ConsumerRecord<String, byte[]> record, Stamp position, boolean traced) {
        LogRecord decoded;
        try {
            if (record.value() == null) {
                tellUnreadable(record, position, "no-value");
                return;
            }
            decoded = requireNonNull(topic.codec().decode(record.value()));
        } catch (MalformedRecordException e) {
            tellUnreadable(record, position, e.reason());
            return;
        }
        Span span = traced ? spans.of(record, position, decoded) : Span.none();
        listener.consume(record.partition(), position, decoded);
        span.end();
    }

    /** How many could not be read. */
    long unreadable() {
        return unreadable.get();
    }

    private void tellUnreadable(
            ConsumerRecord<String, byte[]> record, Stamp position, String reason) {
        unreadable.incrementAndGet();
        log.atError()
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("A log record cannot be read: older entries are not trusted");
        listener.unreadable(record.partition(), position);
    }
}
