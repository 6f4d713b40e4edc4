package io.freshet.tracing;

import io.freshet.contracts.trace.CurrentTrace;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.TraceContext;
import io.freshet.contracts.trace.Tracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Tells spans to a collector, in batches, from a thread of its own. When the collector is away, or
 * too slow, spans are lost and nothing waits.
 *
 * <p>The trace that a thread works for stands in its log lines as {@code traceId} and {@code
 * spanId}.
 */
final class OpenTelemetryTracer implements Tracer, AutoCloseable {

    private static final Duration BATCH = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long FLUSH_SECONDS = 3;
    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer spans;

    private OpenTelemetryTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.spans = provider.get("io.freshet");
    }

    /**
     * Tells a collector.
     *
     * @param sample share of the traces begun here that are recorded
     * @param service by which name
     * @param instance which process of that name
     */
    static OpenTelemetryTracer to(URI endpoint, double sample, String service, String instance) {
        return to(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString())
                        .setTimeout(TIMEOUT)
                        .build(),
                sample,
                service,
                instance);
    }

    static OpenTelemetryTracer to(
            SpanExporter exporter, double sample, String service, String instance) {
        return new OpenTelemetryTracer(
                SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sample)))
                        .setResource(
                                Resource.create(
                                        Attributes.builder()
                                                .put("service.name", service)
                                                .put("service.instance.id", instance)
                                                .build()))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(exporter)
                                        .setScheduleDelay(BATCH)
                                        .build())
                        .build());
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public Span begin(Stage stage, Instant start) {
        return started(stage, spans.spanBuilder(stage.spanName()).setNoParent(), start);
    }

    @Override
    public Span after(@Nullable TraceContext parent, Stage stage, Instant start) {
        if (parent == null || !parent.sampled()) {
            return Span.none();
        }
        var remote =
                SpanContext.createFromRemoteParent(
                        parent.traceId(),
                        parent.spanId(),
                        TraceFlags.getSampled(),
                        TraceState.getDefault());
        Context context = Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote));
        return started(stage, spans.spanBuilder(stage.spanName()).setParent(context), start);
    }

    @Override
    public Span after(Headers headers, Stage stage, long writtenMillis) {
        TraceContext parent = TraceContext.in(headers);
        return parent == null
                ? Span.none()
                : after(parent, stage, Instant.ofEpochMilli(writtenMillis));
    }

    /** A clock elsewhere may be ahead: nothing begins later than now. */
    private static Span started(Stage stage, SpanBuilder builder, Instant start) {
        Instant now = Instant.now();
        var span =
                builder.setSpanKind(kindOf(stage))
                        .setStartTimestamp(start.isAfter(now) ? now : start)
                        .startSpan();
        return span.getSpanContext().isSampled() ? new OpenTelemetrySpan(span) : Span.none();
    }

    private static SpanKind kindOf(Stage stage) {
        return switch (stage) {
            case REQUEST -> SpanKind.SERVER;
            case CAPTURE -> SpanKind.INTERNAL;
            case PUBLISH -> SpanKind.PRODUCER;
            case ROUTE, ENFORCE, EXPAND, EVICT -> SpanKind.CONSUMER;
        };
    }

    @Override
    public CurrentTrace.Scope enter(@Nullable TraceContext context) {
        if (context == null) {
            return () -> {};
        }
        CurrentTrace.Scope scope = CurrentTrace.enter(context);
        MDC.put(TRACE_ID, context.traceId());
        MDC.put(SPAN_ID, context.spanId());
        return () -> {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
            scope.close();
        };
    }

    /** Tells what is not told yet, for a few seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
