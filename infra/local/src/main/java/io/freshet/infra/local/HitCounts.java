package io.freshet.infra.local;

import io.freshet.infra.local.demo.Scrape;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hits and misses of the node as a line of text, asked for anew every two seconds. For one thread.
 */
final class HitCounts {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder().build();
    private final HttpRequest request;
    private CompletableFuture<String> answer = CompletableFuture.completedFuture("");
    private String current = "";
    private long askedAt = System.nanoTime() - INTERVAL.toNanos();

    HitCounts(String management) {
        request =
                HttpRequest.newBuilder(URI.create(management + "/actuator/prometheus"))
                        .timeout(INTERVAL)
                        .build();
    }

    /** The last line that is known; empty when there is none. Does not wait. */
    String current() {
        if (answer.isDone()) {
            current = answer.exceptionally(_ -> "").join();
            if (System.nanoTime() - askedAt >= INTERVAL.toNanos()) {
                askedAt = System.nanoTime();
                answer =
                        http.sendAsync(request, BodyHandlers.ofString())
                                .thenApply(response -> line(Scrape.of(response.body())));
            }
        }
        return current;
    }

    static String line(Scrape scrape) {
        double near = scrape.sum("cache_hits_total", Map.of("tier", "l1"));
        double redis = scrape.sum("cache_hits_total", Map.of("tier", "l2"));
        double misses = scrape.sum("cache_misses_total", Map.of());
        return "hits %,.0f (memory %,.0f, Redis %,.0f)   misses %,.0f   Ctrl-C stops everything"
                .formatted(near + redis, near, redis, misses);
    }
}
