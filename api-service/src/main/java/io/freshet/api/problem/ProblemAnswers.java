package io.freshet.api.problem;

import io.freshet.api.json.JsonWriter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** The one place where a failed request is answered, as a problem document. Thread-safe. */
public final class ProblemAnswers implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private final Consumer<ProblemCode> counter;

    /**
     * @param counter is told of every problem that is answered
     */
    public ProblemAnswers(Consumer<ProblemCode> counter) {
        this.counter = counter;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return answer(exchange.getRequest(), exchange.getResponse(), failure);
    }

    /** Answers; fails with the failure itself when an answer is under way already. */
    public Mono<Void> answer(
            ServerHttpRequest request, ServerHttpResponse response, Throwable failure) {
        if (response.isCommitted() || AbortedException.isConnectionReset(failure)) {
            return Mono.error(failure);
        }
        Problem problem = ProblemOf.failure(failure);
        if (problem.code() == ProblemCode.INTERNAL) {
            log.atError()
                    .addKeyValue("method", request.getMethod())
                    .addKeyValue("path", request.getURI().getRawPath())
                    .addKeyValue("request", request.getId())
                    .setCause(failure)
                    .log("A request failed");
            problem =
                    Problem.of(
                            ProblemCode.INTERNAL,
                            "the log of this node tells more under " + request.getId());
        }
        return write(request, response, problem);
    }

    private Mono<Void> write(
            ServerHttpRequest request, ServerHttpResponse response, Problem problem) {
        byte[] body = document(problem, request.getURI().getRawPath());
        response.setRawStatusCode(problem.code().status());
        var headers = response.getHeaders();
        headers.clear();
        problem.headers().forEach(headers::set);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        // An answer to HEAD writes no body, and is sent only when it is completed.
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)))
                .then(Mono.defer(response::setComplete));
    }

    /** The body of an answer, which is counted as given. */
    public byte[] document(Problem problem, String path) {
        ProblemCode code = problem.code();
        counter.accept(code);
        var json =
                new JsonWriter(512)
                        .beginObject()
                        .name("type")
                        .value("urn:freshet:problem:" + code.code())
                        .name("title")
                        .value(code.title())
                        .name("status")
                        .value(code.status());
        if (problem.detail() != null) {
            json.name("detail").value(problem.detail());
        }
        return json.name("instance")
                .value(path)
                .name("code")
                .value(code.code())
                .endObject()
                .toBytes();
    }
}
