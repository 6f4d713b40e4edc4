package io.freshet.stream.kafka;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.TraceContext;
import io.freshet.contracts.trace.Tracer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The traces of the invalidations that one task has expanded last, by their positions: evictions
 * name the position that asked for them, however much later they are handed out. For one thread.
 */
final class ExpansionSpans {

    /** Invalidations that are remembered. */
    private static final int MOST = 256;

    /** Eviction records of one invalidation that are traced on. */
    private static final int MOST_RECORDS = 100;

    private final Tracer tracer;
    private final SequencedMap<Stamp, Traced> traced = new LinkedHashMap<>();

    private static final class Traced {
        private final TraceContext context;
        private int records;

        Traced(TraceContext context) {
            this.context = context;
        }
    }

    ExpansionSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Of a record of the log; to be ended when it is expanded, as far as it is at once. */
    Span begin(Record<?, ?> record, LogRecord logged, Stamp position) {
        if (!tracer.isOn() || !(logged.event() instanceof Event.Invalidation invalidation)) {
            return Span.none();
        }
        Span span = tracer.after(record.headers(), Stage.EXPAND, record.timestamp());
        TraceContext context = span.context();
        if (context != null) {
            remember(position, context);
        }
        return span.with("freshet.namespace", invalidation.target().namespace().value())
                .with("freshet.position", position.position())
                .with("freshet.via", logged.via().toString());
    }

    /** Those of the invalidation that asked for the eviction. */
    Headers headersOf(Eviction eviction) {
        Stamp asked = traced.isEmpty() ? null : askedBy(eviction);
        Traced trace = asked == null ? null : traced.get(asked);
        if (trace == null || trace.records++ >= MOST_RECORDS) {
            return new RecordHeaders();
        }
        return TraceContext.headersOf(trace.context);
    }

    private void remember(Stamp position, TraceContext context) {
        if (traced.size() == MOST) {
            traced.pollFirstEntry();
        }
        traced.put(position, new Traced(context));
    }

    private static @Nullable Stamp askedBy(Eviction eviction) {
        return switch (eviction) {
            case Eviction.Keys keys -> keys.killsBelow();
            case Eviction.Replacement replacement -> replacement.killsBelow();
            case Eviction.Barrier _, Eviction.Progress _ -> null;
        };
    }
}
