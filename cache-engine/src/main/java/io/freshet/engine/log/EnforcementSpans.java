package io.freshet.engine.log;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells a tracer of the invalidations that come in force on a node.
 *
 * @param node which node
 */
public record EnforcementSpans(Tracer tracer, String node) {

    /** Of a node that is not traced. */
    public static EnforcementSpans none() {
        return new EnforcementSpans(Tracer.off(), "");
    }

    /** From when the record was written until it is ended, which is when it is in force. */
    Span of(ConsumerRecord<?, ?> record, Stamp position, LogRecord decoded) {
        if (!tracer.isOn() || !(decoded.event() instanceof Event.Invalidation invalidation)) {
            return Span.none();
        }
        return tracer.after(record.headers(), Stage.ENFORCE, record.timestamp())
                .with("freshet.node", node)
                .with("freshet.namespace", invalidation.target().namespace().value())
                .with("freshet.partition", record.partition())
                .with("freshet.position", position.position());
    }
}
