package io.freshet.api.http;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers one method of one resource; what it throws or fails with becomes a problem. */
@FunctionalInterface
public interface Endpoint {

    Mono<ServerResponse> handle(ServerRequest request, ApiPath path);
}
