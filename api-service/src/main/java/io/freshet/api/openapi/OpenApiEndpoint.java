package io.freshet.api.openapi;

import static java.util.Objects.requireNonNull;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import java.io.IOException;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI 3.1 document, which is written as {@code openapi.yaml} and served as JSON. It is read
 * when it is first asked for: a start has no need of it.
 */
public final class OpenApiEndpoint {

    private final Mono<byte[]> document =
            Mono.fromCallable(OpenApiEndpoint::read)
                    .subscribeOn(Schedulers.boundedElastic())
                    .cache();

    private static byte[] read() throws IOException {
        try (var yaml = OpenApiEndpoint.class.getResourceAsStream("/openapi.yaml")) {
            return new JsonMapper()
                    .writeValueAsBytes(
                            new YAMLMapper().readTree(requireNonNull(yaml, "openapi.yaml")));
        }
    }

    /** {@code GET /openapi.json}. */
    public Mono<ServerResponse> get(ServerRequest request, ApiPath path) {
        return document.flatMap(json -> JsonAnswer.ok(new JsonWriter(json.length).raw(json)));
    }
}
