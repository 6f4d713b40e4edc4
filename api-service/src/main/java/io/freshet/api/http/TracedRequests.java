package io.freshet.api.http;

import io.freshet.contracts.trace.Span;
import io.freshet.contracts.trace.Stage;
import io.freshet.contracts.trace.TraceContext;
import io.freshet.contracts.trace.Tracer;
import java.time.Instant;
import java.util.Locale;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Tells of requests below {@code /api}: in the caller's trace, if there is one, and as the caller
 * decided. Namespaces and outcomes are told, keys are not.
 */
public final class TracedRequests implements HttpHandler {

    private static final int SERVER_ERROR = 500;

    private final Tracer tracer;
    private final HttpHandler next;

    private TracedRequests(Tracer tracer, HttpHandler next) {
        this.tracer = tracer;
        this.next = next;
    }

    /** In front of a handler; while nothing is traced, the handler itself. */
    public static HttpHandler before(Tracer tracer, HttpHandler next) {
        return tracer.isOn() ? new TracedRequests(tracer, next) : next;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String rawPath = request.getURI().getRawPath();
        if (!ApiPath.isGuarded(rawPath)) {
            return next.handle(request, response);
        }
        Span span = begin(request);
        TraceContext context = span.context();
        if (context == null) {
            return next.handle(request, response);
        }
        ApiPath path = ApiPath.of(rawPath);
        String method = request.getMethod().name();
        span.with("http.request.method", method);
        if (path != null && path.isEntry()) {
            span.named(method + " " + ApiPath.PREFIX + "/{namespace}/{key}")
                    .with("freshet.namespace", path.namespace());
        } else {
            span.named(method + " " + ApiPath.PREFIX);
        }
        return next.handle(request, response)
                .doFinally(_ -> end(span, response))
                .contextWrite(new RequestTrace(tracer, context)::into);
    }

    private Span begin(ServerHttpRequest request) {
        TraceContext caller = TraceContext.of(request.getHeaders().getFirst(TraceContext.HEADER));
        Instant now = Instant.now();
        return caller == null
                ? tracer.begin(Stage.REQUEST, now)
                : tracer.after(caller, Stage.REQUEST, now);
    }

    private static void end(Span span, ServerHttpResponse response) {
        String tier = response.getHeaders().getFirst(FreshetHeaders.CACHE_TIER);
        if (tier != null) {
            span.with("freshet.tier", tier.toLowerCase(Locale.ROOT));
        }
        HttpStatusCode status = response.getStatusCode();
        int code = status == null ? 200 : status.value();
        span.with("http.response.status_code", code);
        if (code >= SERVER_ERROR) {
            span.failed(Integer.toString(code));
        }
        span.end();
    }
}
