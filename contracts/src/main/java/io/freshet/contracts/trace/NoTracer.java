package io.freshet.contracts.trace;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Tells nothing. */
enum NoTracer implements Tracer {
    INSTANCE;

    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public Span begin(Stage stage, Instant start) {
        return Span.none();
    }

    @Override
    public Span after(@Nullable TraceContext parent, Stage stage, Instant start) {
        return Span.none();
    }

    @Override
    public Span after(Headers headers, Stage stage, long writtenMillis) {
        return Span.none();
    }

    @Override
    public CurrentTrace.Scope enter(@Nullable TraceContext context) {
        return () -> {};
    }
}
