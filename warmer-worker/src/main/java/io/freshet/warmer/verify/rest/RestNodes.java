package io.freshet.warmer.verify.rest;

import io.freshet.warmer.verify.Answer;
import io.freshet.warmer.verify.Content;
import io.freshet.warmer.verify.Held;
import io.freshet.warmer.verify.Nodes;
import io.freshet.warmer.verify.Spot;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Nodes of api-service, asked over REST, so that they neither load nor count. */
public final class RestNodes implements Nodes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RestNodes.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNAUTHORISED = 401;

    private final List<URI> nodes;
    private final String token;
    private final Set<URI> refusing = ConcurrentHashMap.newKeySet();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();

    /**
     * @param nodes where they answer, such as {@code http://10.0.0.7:7400}
     */
    public RestNodes(List<URI> nodes, String token) {
        this.nodes = List.copyOf(nodes);
        this.token = token;
    }

    @Override
    public List<URI> all() {
        return nodes;
    }

    @Override
    public Answer read(URI node, Spot spot) {
        Optional<HttpResponse<byte[]>> answer = ask(node, spot, "?raw");
        answer.ifPresent(of -> noteRefusal(node, of.statusCode()));
        return answer.map(RestNodes::answerOf).orElseGet(Answer.Failed::new);
    }

    /** A token that a node does not take would otherwise be seen only in what is not measured. */
    private void noteRefusal(URI node, int status) {
        if (status != UNAUTHORISED) {
            refusing.remove(node);
        } else if (refusing.add(node)) {
            log.atError()
                    .addKeyValue("node", node)
                    .log("a node does not take freshet.verifier.token: nothing is verified there");
        }
    }

    private static Answer answerOf(HttpResponse<byte[]> answer) {
        boolean nearby = answer.headers().firstValue("X-Cache-Tier").orElse("").equals("l1");
        return switch (answer.statusCode()) {
            case 200 ->
                    answer.headers().firstValue("Freshet-Stale").isPresent()
                            ? new Answer.Marked()
                            : new Answer.Held(Content.Value.of(answer.body()), nearby);
            case 404 ->
                    nearby ? new Answer.Held(new Content.Absent(), nearby) : new Answer.NotCached();
            default -> new Answer.Failed();
        };
    }

    @Override
    public Optional<Held> explain(URI node, Spot spot, boolean nearby) {
        return ask(node, spot, "?explain")
                .filter(answer -> answer.statusCode() == 200)
                .flatMap(answer -> explained(node, answer.body(), nearby));
    }

    private static Optional<Held> explained(URI node, byte[] answer, boolean nearby) {
        try {
            return Explained.of(JSON.readTree(answer), nearby);
        } catch (JacksonException e) {
            return unknown(node, e.getOriginalMessage());
        } catch (DateTimeException | IllegalArgumentException e) {
            return unknown(node, e.getMessage());
        }
    }

    private static Optional<Held> unknown(URI node, @Nullable String problem) {
        log.atWarn()
                .addKeyValue("node", node)
                .addKeyValue("problem", problem)
                .log("a node explains in words that are not known");
        return Optional.empty();
    }

    private Optional<HttpResponse<byte[]>> ask(URI node, Spot spot, String query) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                node.resolve(
                                        "/api/v1/cache/%s/%s%s"
                                                .formatted(
                                                        coded(spot.namespace().value()),
                                                        coded(spot.key().value()),
                                                        query)))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .header("Cache-Control", "only-if-cached")
                        .header("Freshet-Probe", "true")
                        .GET()
                        .build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            log.atDebug()
                    .addKeyValue("node", node)
                    .addKeyValue("problem", e.getMessage())
                    .log("a node does not answer");
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** As a segment of a path; one of dots alone would name another place. */
    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
