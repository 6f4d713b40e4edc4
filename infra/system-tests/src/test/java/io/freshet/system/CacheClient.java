package io.freshet.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of api-service, as anybody would write it. Thread-safe. */
final class CacheClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final URI api;
    private final String token;

    CacheClient(LocalSystem system) {
        this(system.api(), system.token());
    }

    /** Of one node. */
    CacheClient(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    /**
     * Reads an entry.
     *
     * @param headers names and values in turn
     */
    Answer get(String namespace, String key, String... headers) {
        return send(entry(namespace, key).GET(), headers);
    }

    /** Reads an entry past the memory of the node. */
    Answer getFromRedis(String namespace, String key) {
        return get(namespace, key, "Freshet-Tier", "l2");
    }

    /** Reads an entry; done when it is answered. */
    CompletableFuture<Answer> getAsync(String namespace, String key) {
        return http.sendAsync(entry(namespace, key).GET().build(), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    Answer put(String namespace, String key, String json) {
        return send(
                entry(namespace, key).PUT(BodyPublishers.ofString(json)),
                "Content-Type",
                "application/json");
    }

    /** Stores a value that was loaded after a miss. */
    Answer put(String namespace, String key, String json, String token) {
        return send(
                entry(namespace, key).PUT(BodyPublishers.ofString(json)),
                "Content-Type",
                "application/json",
                "Freshet-Miss-Token",
                token);
    }

    /**
     * Sends JSON.
     *
     * @param path below {@code /api/v1/cache}
     * @param headers names and values in turn
     */
    Answer post(String path, String json, String... headers) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                headers);
    }

    /**
     * Reads a resource that is no entry.
     *
     * @param path below {@code /api/v1/cache}
     */
    Answer read(String path) {
        return send(request(path).GET());
    }

    /**
     * Deletes.
     *
     * @param path below {@code /api/v1/cache}
     */
    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Makes a namespace be as the document says. */
    void declare(String namespace, String document) {
        Answer answer =
                send(
                        request("/namespaces/" + namespace).PUT(BodyPublishers.ofString(document)),
                        "Content-Type",
                        "application/json");
        if (answer.status() > 201) {
            throw new IllegalStateException(answer.body());
        }
    }

    /** What a service tells Prometheus. */
    String metrics(URI management) {
        return actuator(management, "prometheus");
    }

    /** What a service tells of itself. */
    String actuator(URI management, String endpoint) {
        return send(HttpRequest.newBuilder(management.resolve("/actuator/" + endpoint))
                        .timeout(TIMEOUT)
                        .GET())
                .body();
    }

    private HttpRequest.Builder entry(String namespace, String key) {
        return request(
                "/"
                        + namespace
                        + "/"
                        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve("/api/v1/cache" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        try {
            if (headers.length > 0) {
                request.headers(headers);
            }
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
