package io.freshet.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Calls a service over HTTP, with its token unless told otherwise; every answer must be as the
 * OpenAPI document says.
 */
public final class HttpCalls {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;

    /**
     * @param base begins every path
     */
    public HttpCalls(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The same service with another beginning of paths, and without a token. */
    public HttpCalls at(String otherBase) {
        return new HttpCalls(otherBase, "");
    }

    public HttpAnswer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public HttpAnswer head(String path, String... headers) {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    public HttpAnswer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public HttpAnswer post(String path, String json, String... headers) {
        return withType("POST", path, "application/json", BodyPublishers.ofString(json), headers);
    }

    public HttpAnswer put(String path, String json, String... headers) {
        return withType("PUT", path, "application/json", BodyPublishers.ofString(json), headers);
    }

    public HttpAnswer putBytes(String path, String type, byte[] bytes, String... headers) {
        return withType("PUT", path, type, BodyPublishers.ofByteArray(bytes), headers);
    }

    public HttpAnswer send(
            String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            var answer = new HttpAnswer(response.statusCode(), response.headers(), response.body());
            ApiContract.ofThisBuild().require(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpAnswer withType(
            String method,
            String path,
            String type,
            HttpRequest.BodyPublisher body,
            String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return send(method, path, body, all);
    }
}
