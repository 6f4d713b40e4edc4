package io.freshet.infra.check.instance;

import io.freshet.infra.check.instance.HttpWire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The REST interface of one node, over kept connections. Thread-safe. */
public final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CACHE = "/api/v1/cache/";
    private static final byte[] NO_BODY = {};

    private final String node;
    private final URI uri;
    private final URI management;
    private final String token;
    private final ConcurrentLinkedDeque<HttpWire> kept = new ConcurrentLinkedDeque<>();

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

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** Reads a value as it is. */
    public Answer get(String namespace, String key, Map<String, String> headers)
            throws IOException {
        Response response = ask("GET", CACHE + namespace + "/" + key + "?raw", headers, NO_BODY);
        return new Answer(
                response.status(),
                response.headers().getOrDefault("x-cache-tier", ""),
                response.headers().containsKey("freshet-stale"),
                tree(response));
    }

    /** Reads many values in one request; those that it has no answer for are left out. */
    public Map<String, Answer> getAll(String namespace, Collection<String> keys)
            throws IOException {
        Response response =
                ask(
                        "POST",
                        CACHE + namespace + "/mget",
                        Map.of("Content-Type", "application/json"),
                        JSON.writeValueAsBytes(Map.of("keys", keys)));
        JsonNode body = tree(response);
        if (response.status() != 200) {
            throw new IOException(body.path("code").asString("" + response.status()));
        }
        var answers = new HashMap<String, Answer>();
        body.path("results")
                .propertyStream()
                .filter(result -> !result.getValue().has("error"))
                .forEach(result -> answers.put(result.getKey(), ofBatch(result.getValue())));
        return answers;
    }

    private static Answer ofBatch(JsonNode result) {
        return new Answer(
                result.path("found").asBoolean() ? 200 : 404,
                result.path("tier").asString(""),
                result.path("stale").asBoolean(false),
                result.path("value"));
    }

    /**
     * Invalidates.
     *
     * @return a token for each thing that was invalidated
     */
    public List<String> invalidate(Map<String, Object> what) throws IOException {
        Response response =
                ask(
                        "POST",
                        CACHE + "invalidate",
                        Map.of("Content-Type", "application/json"),
                        JSON.writeValueAsBytes(what));
        JsonNode body = tree(response);
        if (response.status() != 200) {
            throw new IOException(body.path("code").asString("" + response.status()));
        }
        return body.path("tokens").valueStream().map(JsonNode::asString).toList();
    }

    /** What the node tells Prometheus. */
    public String metrics() throws IOException {
        try (HttpWire wire = HttpWire.to(management)) {
            return wire.ask("GET", "/actuator/prometheus", Map.of(), NO_BODY).body();
        }
    }

    private Response ask(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        HttpWire wire = kept.pollFirst();
        if (wire == null) {
            wire = HttpWire.to(uri);
        }
        try {
            Response response = wire.ask(method, path, all, body);
            kept.addFirst(wire);
            return response;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private static JsonNode tree(Response response) throws IOException {
        try {
            return response.body().isEmpty()
                    ? JsonNodeFactory.instance.missingNode()
                    : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
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
