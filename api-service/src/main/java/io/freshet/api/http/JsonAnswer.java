package io.freshet.api.http;

import io.freshet.api.json.JsonWriter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers with a JSON document. */
public final class JsonAnswer {

    private JsonAnswer() {}

    public static Mono<ServerResponse> ok(JsonWriter document) {
        return with(ServerResponse.ok(), document);
    }

    public static Mono<ServerResponse> of(HttpStatus status, JsonWriter document) {
        return with(ServerResponse.status(status), document);
    }

    public static Mono<ServerResponse> with(
            ServerResponse.BodyBuilder response, JsonWriter document) {
        return response.contentType(MediaType.APPLICATION_JSON).bodyValue(document.toBytes());
    }

    /** Answers where there is no route, but a response alone. */
    public static Mono<Void> write(ServerHttpResponse response, byte[] document) {
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(document.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(document)));
    }
}
