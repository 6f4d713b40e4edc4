package io.freshet.tracing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.trace.CurrentTrace;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.TraceContext;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OpenTelemetryTracerTest {

    private static final TraceContext PARENT =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    @Test
    void shouldBeginNoneWhenNoneIsToBeSampled() {
        try (var tracer = sampling(0)) {
            Span span = tracer.begin(Stage.CAPTURE, Instant.now());

            assertThat(span.context()).isNull();
        }
    }

    @Test
    void shouldKeepTheDecisionOfWhoBeganATrace() {
        var notSampled = new TraceContext(PARENT.traceId(), PARENT.spanId(), false);
        try (var none = sampling(0);
                var all = sampling(1)) {
            Span continued = none.after(PARENT, Stage.ROUTE, Instant.now());
            Span ignored = all.after(notSampled, Stage.ROUTE, Instant.now());

            TraceContext context = requireNonNull(continued.context());
            assertThat(context.traceId()).isEqualTo(PARENT.traceId());
            assertThat(context.spanId()).isNotEqualTo(PARENT.spanId());
            assertThat(ignored.context()).isNull();
        }
    }

    @Test
    void shouldBeginNoTraceWithARecordThatBelongsToNone() {
        try (var tracer = sampling(1)) {
            Span span = tracer.after(TraceContext.headersOf(null), Stage.ENFORCE, 0);

            assertThat(span.context()).isNull();
        }
    }

    @Test
    void shouldNameTheTraceInTheLogWhileItIsCurrent() {
        try (var tracer = sampling(1)) {
            try (var _ = tracer.enter(PARENT)) {
                assertThat(MDC.get("traceId")).isEqualTo(PARENT.traceId());
                assertThat(CurrentTrace.get()).isEqualTo(PARENT);
            }

            assertThat(MDC.get("traceId")).isNull();
            assertThat(CurrentTrace.get()).isNull();
        }
    }

    private static OpenTelemetryTracer sampling(double share) {
        return OpenTelemetryTracer.to(
                SpanExporter.composite(List.of()), share, "freshet-test", "1");
    }
}
