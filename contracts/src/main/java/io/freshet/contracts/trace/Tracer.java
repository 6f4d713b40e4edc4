package io.freshet.contracts.trace;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where spans are told. Whether a trace is recorded is decided once, where it begins, and carried
 * by its context; what is not recorded costs no span. Thread-safe; nothing blocks.
 */
public interface Tracer {

    /** The one that tells nothing, and looks at no header. */
    static Tracer off() {
        return NoTracer.INSTANCE;
    }

    /** Whether spans are told of at all. */
    boolean isOn();

    /** Begins a trace, or does not: chance decides. */
    Span begin(Stage stage, Instant start);

    /** Continues a trace if there is one and it is recorded. */
    Span after(@Nullable TraceContext parent, Stage stage, Instant start);

    /**
     * Continues the trace of a record.
     *
     * @param writtenMillis when the record was written, which is when the stage begins
     */
    Span after(Headers headers, Stage stage, long writtenMillis);

    /** Makes a context the {@link CurrentTrace} of this thread, and of its log, until closed. */
    CurrentTrace.Scope enter(@Nullable TraceContext context);
}
