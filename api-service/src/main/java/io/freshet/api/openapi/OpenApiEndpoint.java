package io.freshet.api.openapi;

import static java.util.Objects.requireNonNull;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI 3.1 document, which is written as {@code openapi.yaml} and served as JSON. */
public final class OpenApiEndpoint {

    private final byte[] document;

    public OpenApiEndpoint() {
        try (var yaml = OpenApiEndpoint.class.getResourceAsStream("/openapi.yaml")) {
            document =
                    new JsonMapper()
                            .writeValueAsBytes(
                                    new YAMLMapper()
                                            .readTree(requireNonNull(yaml, "openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET /openapi.json}. */
    public Mono<ServerResponse> get(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(new JsonWriter(document.length).raw(document));
    }
}
