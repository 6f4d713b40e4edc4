package io.freshet.infra.bench.warming;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** How many queries warming has sent to sources, as the worker tells. */
final class SourceQueries {

    private static final String METRIC = "freshet_warm_source_queries_total ";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI metrics;

    /**
     * @param worker base of the worker's management endpoints
     */
    SourceQueries(URI worker) {
        this.metrics = worker.resolve("/actuator/prometheus");
    }

    long soFar() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(METRIC))
                .map(line -> line.substring(METRIC.length()))
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + METRIC + "at " + metrics));
    }
}
