package io.freshet.tracing;

import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.TraceContext;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;

/** A recorded span. */
record OpenTelemetrySpan(io.opentelemetry.api.trace.Span span) implements Span {

    @Override
    public TraceContext context() {
        SpanContext context = span.getSpanContext();
        return new TraceContext(context.getTraceId(), context.getSpanId(), true);
    }

    @Override
    public Span with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public Span with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public Span named(String name) {
        span.updateName(name);
        return this;
    }

    @Override
    public Span failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
        span.setAttribute("error.type", why);
        return this;
    }

    @Override
    public void end() {
        span.end();
    }
}
