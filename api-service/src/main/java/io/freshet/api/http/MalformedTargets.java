package io.freshet.api.http;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemAnswers;
import io.freshet.api.problem.ProblemCode;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Answers requests whose target is no URI, such as one with a bare {@code %} or a raw quote: Spring
 * would refuse those with an empty body before anything of ours sees them.
 */
public final class MalformedTargets implements NettyRouteProvider {

    private static final String LEGAL = "-._~:@!$&'()*+,;=/";

    private final ProblemAnswers problems;

    public MalformedTargets(ProblemAnswers problems) {
        this.problems = problems;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(request -> !isLegal(request.uri()), this::refuse);
    }

    private Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        Problem problem =
                Problem.of(
                        ProblemCode.ILLEGAL_PATH,
                        "in a path or query, what is not a letter, digit or one of "
                                + LEGAL
                                + " is written as %XX, in UTF-8");
        byte[] body = problems.document(problem, request.uri());
        return response.status(problem.code().status())
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length))
                .sendByteArray(Mono.just(body));
    }

    /** Whether it is made of what RFC 3986 allows; brackets are let pass in a query. */
    static boolean isLegal(String target) {
        boolean inQuery = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                continue;
            }
            switch (c) {
                case '?' -> inQuery = true;
                case '%' -> {
                    if (!isHex(target, i + 1) || !isHex(target, i + 2)) {
                        return false;
                    }
                }
                case '[', ']' -> {
                    if (!inQuery) {
                        return false;
                    }
                }
                default -> {
                    if (LEGAL.indexOf(c) < 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isHex(String target, int at) {
        return at < target.length()
                && target.charAt(at) < 0x80
                && Character.digit(target.charAt(at), 16) >= 0;
    }
}
