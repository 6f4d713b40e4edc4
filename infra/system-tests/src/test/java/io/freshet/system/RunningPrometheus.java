package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.servers.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus with the alerts of {@code infra/prometheus} that scrapes a system each second.
 */
final class RunningPrometheus implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final Process process;

    /**
     * @param directory for its configuration and its data
     */
    RunningPrometheus(LocalSystem system, Path directory) throws IOException {
        this(system, directory, PrometheusTools.CONFIGURATION.resolve("alerts.yaml"));
    }

    /**
     * @param rules with the alerts
     */
    RunningPrometheus(LocalSystem system, Path directory, Path rules) throws IOException {
        Path program = PrometheusTools.require("prometheus");
        int port = Ports.free();
        uri = URI.create("http://127.0.0.1:" + port);
        Path configuration =
                Files.writeString(directory.resolve("it.yaml"), configuration(system, rules));
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile())
                        .start();
        await().atMost(START_TIMEOUT)
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> ask("/-/ready").statusCode() == 200);
    }

    private static String configuration(LocalSystem system, Path rules) {
        String targets =
                Stream.of(Service.values())
                        .map(service ->
                                """
                                      - targets: ["%s"]
                                        labels: {service: %s}
                                """
                                        .formatted(
                                                system.management(service).getAuthority(),
                                                service.label()))
                        .collect(Collectors.joining());
        return """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: freshet
            metrics_path: /actuator/prometheus
            static_configs:
        %s\
        """
                .formatted(rules, targets);
    }

    /** The numbers that a query answers now; what is not a number is left out. */
    List<Double> query(String expression) throws IOException, InterruptedException {
        var answer =
                ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("status").asString()).as(expression).isEqualTo("success");
        return body.at("/data/result")
                .valueStream()
                .map(series -> Double.parseDouble(series.at("/value/1").asString()))
                .filter(value -> !value.isNaN())
                .toList();
    }

    /**
     * Whether an alert is firing.
     *
     * @param label of it, such as {@code namespace="cities"}
     */
    boolean isFiring(String alert, String label) throws IOException, InterruptedException {
        return !query("ALERTS{alertname=\"%s\",alertstate=\"firing\",%s}".formatted(alert, label))
                .isEmpty();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
