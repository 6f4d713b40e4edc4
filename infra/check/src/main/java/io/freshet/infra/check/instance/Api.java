package io.freshet.infra.check.instance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The REST interface of one node, over kept connections. Thread-safe. */
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CACHE = "/api/v1/cache/";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final String node;
    private final URI uri;
    private final URI management;
    private final String token;

    public Api(String node, URI uri, URI management, String token) {
        this.node = node;
        this.uri = uri;
        this.management = management;
        this.token = token;
    }

    /** The node's name. */
    public String node() {
        return node;
    }

    /** Reads a value as it is. */
    public Answer get(String namespace, String key, List<String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(namespace + "/" + key + "?raw").GET();
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("X-Cache-Tier").orElse(""),
                response.headers().firstValue("Freshet-Stale").isPresent(),
                tree(response.body()));
    }

    private static JsonNode tree(byte[] body) throws IOException {
        try {
            return body.length == 0 ? JsonNodeFactory.instance.missingNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
    }

    /**
     * Invalidates.
     *
     * @return a token for each thing that was invalidated
     */
    public List<String> invalidate(Map<String, Object> what)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        request("invalidate")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(what)))
                                .build(),
                        BodyHandlers.ofByteArray());
        JsonNode body = tree(response.body());
        if (response.statusCode() != 200) {
            throw new IOException(body.path("code").asString("" + response.statusCode()));
        }
        return body.path("tokens").valueStream().map(JsonNode::asString).toList();
    }

    /** What the node tells Prometheus. */
    public String metrics() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(management.resolve("/actuator/prometheus"))
                                .timeout(TIMEOUT)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(CACHE + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    /**
     * What a read was answered.
     *
     * @param tier where it comes from; empty when the answer does not say
     * @param stale whether it is marked as outdated
     * @param json the value, or the problem
     */
    public record Answer(int status, String tier, boolean stale, JsonNode json) {}
}
