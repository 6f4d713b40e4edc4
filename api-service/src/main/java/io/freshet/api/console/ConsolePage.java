package io.freshet.api.console;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the page. Its files hold no data and need no token; each request that the page makes for
 * data does.
 */
public final class ConsolePage {

    /**
     * Nothing from elsewhere, nothing inline, in nobody's frame; and a text can become markup
     * nowhere, since no policy may make it {@code TrustedHTML}.
     */
    private static final String CONTENT_SECURITY_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self'",
                    "connect-src 'self'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    private static final String FILE = "file";

    private final ConsoleFiles files = new ConsoleFiles();

    /** {@code /console}, and the files below it. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(readingOf("/console"), _ -> toTheDirectory())
                .route(readingOf("/console/"), request -> answer(request, "index.html"))
                .route(readingOf("/console/{*file}"), this::file)
                .build();
    }

    private static RequestPredicate readingOf(String pattern) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
                .and(RequestPredicates.path(pattern));
    }

    /** So that the page may name its files relatively, behind a proxy's prefix too. */
    private static Mono<ServerResponse> toTheDirectory() {
        return ServerResponse.status(HttpStatus.PERMANENT_REDIRECT)
                .location(URI.create("console/"))
                .build();
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        return answer(request, request.pathVariable(FILE).substring(1));
    }

    private Mono<ServerResponse> answer(ServerRequest request, String name) {
        return Mono.fromCallable(() -> files.find(name).orElseThrow(ConsolePage::unknown))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(file ->
                        request.checkNotModified(file.etag())
                                .switchIfEmpty(Mono.defer(() -> whole(file))));
    }

    private static Mono<ServerResponse> whole(ConsoleFile file) {
        return ServerResponse.ok()
                .contentType(file.type())
                .contentLength(file.bytes().length)
                .eTag(file.etag())
                .cacheControl(CacheControl.noCache())
                .headers(ConsolePage::guard)
                .bodyValue(file.bytes());
    }

    private static void guard(HttpHeaders headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "the console has no such file");
    }
}
