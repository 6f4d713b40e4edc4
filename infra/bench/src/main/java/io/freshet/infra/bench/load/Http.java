package io.freshet.infra.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Single requests, for what is not measured. */
public final class Http {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;
    private final String token;

    public Http(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(api.getHost(), api.getPort());
    }

    /** The body of an answer that must be a good one. */
    public String require(String method, String path, String json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(method, path, json);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    public HttpResponse<String> ask(String method, String path, String json)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(api.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                json.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
