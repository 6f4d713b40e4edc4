package io.freshet.infra.local.demo;

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

/** A client of the REST interface, one request at a time. */
final class Client {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String CACHE = "/api/v1/cache/";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final String api;
    private final String management;
    private final String token;

    Client(Map<String, String> environment) {
        api = environment.getOrDefault("FRESHET_API_URL", "");
        management = environment.getOrDefault("FRESHET_MANAGEMENT_URL", "");
        token = environment.getOrDefault("FRESHET_TOKEN", "");
    }

    /**
     * Reads a key.
     *
     * @param headers name, value, name, value
     */
    Answer get(String namespace, String key, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(namespace + "/" + key).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer invalidate(String namespace, String what, List<String> values)
            throws IOException, InterruptedException {
        return post("invalidate", Map.of("namespace", namespace, what, values));
    }

    Answer warm(String namespace, List<String> keys) throws IOException, InterruptedException {
        return post(namespace + "/warm", Map.of("keys", keys));
    }

    Answer warmJob(String id) throws IOException, InterruptedException {
        return send(request("warm-jobs/" + id).GET());
    }

    Scrape metrics() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(management + "/actuator/prometheus"))
                        .timeout(TIMEOUT)
                        .build();
        return Scrape.of(http.send(request, BodyHandlers.ofString()).body());
    }

    private Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + CACHE + path))
                .header("Authorization", "Bearer " + token)
                .timeout(TIMEOUT);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("X-Cache-Tier").orElse(""),
                response.headers().firstValue("Freshet-Token").orElse(""),
                tree(response.body()),
                took);
    }

    private JsonNode tree(byte[] body) {
        try {
            return body.length == 0 ? JsonNodeFactory.instance.missingNode() : json.readTree(body);
        } catch (JacksonException _) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
