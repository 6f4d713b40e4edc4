package io.freshet.cdc.capture;

import io.freshet.cdc.visibility.Step;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.Tracer;
import java.time.Instant;
import java.util.Locale;

/**
 * Begins a trace for each transaction that chance chooses, at its commit, with a span for each of
 * its first events. A transaction that comes in parts begins one for each.
 */
final class CaptureSpans {

    /** Events of a transaction that are traced on. */
    private static final int MOST = 100;

    private final Tracer tracer;
    private final String source;

    CaptureSpans(Tracer tracer, String source) {
        this.tracer = tracer;
        this.source = source;
    }

    /** Begins one for a part of a transaction, whose full id is given. */
    OfWork begin(Work work, long transaction) {
        Span span = tracer.begin(Stage.CAPTURE, work.committedAt());
        return new OfWork(
                span.with("freshet.source", source)
                        .with("freshet.transaction", transaction)
                        .with("freshet.events", work.findings().size()));
    }

    /** Of a part of one transaction. */
    final class OfWork {

        private final Span span;
        private int published;

        private OfWork(Span span) {
            this.span = span;
        }

        /** Of the next event; ends when the inbox has it. */
        Span publication(Event.Invalidation event) {
            if (span.context() == null || published++ >= MOST) {
                return Span.none();
            }
            Span publication =
                    tracer.after(span.context(), Stage.PUBLISH, Instant.now())
                            .with("freshet.namespace", event.target().namespace().value());
            Cause cause = event.cause();
            return cause.kind() == Cause.Kind.CDC && cause.detail() != null
                    ? publication.with("freshet.rule", cause.detail())
                    : publication;
        }

        /** Everything is handed to Kafka. */
        void end(Step.Timing timing) {
            span.with("freshet.timing", timing.name().toLowerCase(Locale.ROOT)).end();
        }
    }
}
