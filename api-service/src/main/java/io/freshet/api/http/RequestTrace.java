package io.freshet.api.http;

import io.freshet.contracts.trace.TraceContext;
import io.freshet.contracts.trace.Tracer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The trace that a request belongs to. Travels with the request in Reactor's context. */
public record RequestTrace(Tracer tracer, TraceContext context) {

    Context into(Context reactor) {
        return reactor.put(RequestTrace.class, this);
    }

    /** What the engine does, for the trace of the request that is being answered. */
    public static <T> Mono<T> carriedTo(Supplier<CompletionStage<T>> step) {
        return Mono.deferContextual(reactor -> {
            @Nullable RequestTrace trace = reactor.getOrDefault(RequestTrace.class, null);
            if (trace == null) {
                return Outcome.of(step.get());
            }
            try (var _ = trace.tracer.enter(trace.context)) {
                return Outcome.of(step.get());
            }
        });
    }
}
