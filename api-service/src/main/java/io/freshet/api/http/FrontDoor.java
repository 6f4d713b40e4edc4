package io.freshet.api.http;

import io.freshet.api.problem.ProblemAnswers;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Where every request comes in: asks for the token below {@code /api}, answers reads of entries at
 * once, and hands everything else on to the dispatcher.
 *
 * <p>Reads pass the dispatcher by because its way costs more than the read itself.
 */
public final class FrontDoor implements HttpHandler {

    /** Answers GET and HEAD of an entry. */
    @FunctionalInterface
    public interface Reads {

        Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, ApiPath path);
    }

    private final BearerToken token;
    private final Reads reads;
    private final ProblemAnswers problems;
    private final HttpHandler dispatcher;

    public FrontDoor(
            BearerToken token, Reads reads, ProblemAnswers problems, HttpHandler dispatcher) {
        this.token = token;
        this.reads = reads;
        this.problems = problems;
        this.dispatcher = dispatcher;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String rawPath = request.getURI().getRawPath();
        if (!ApiPath.isGuarded(rawPath)) {
            return dispatcher.handle(request, response);
        }
        String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (!token.isShownBy(authorization)) {
            return problems.answer(request, response, unauthorised());
        }
        ApiPath path = isRead(request) ? ApiPath.of(rawPath) : null;
        if (path != null && path.isEntry()) {
            return Mono.defer(() -> reads.answer(request, response, path))
                    .onErrorResume(failure -> problems.answer(request, response, failure));
        }
        return dispatcher.handle(request, response).contextWrite(Principal.TOKEN::into);
    }

    private static boolean isRead(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static ProblemException unauthorised() {
        return new ProblemException(
                ProblemCode.UNAUTHORISED,
                "send the token that this service was started with: Authorization: Bearer <token>");
    }
}
