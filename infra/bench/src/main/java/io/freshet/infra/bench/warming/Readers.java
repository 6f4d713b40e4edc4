package io.freshet.infra.bench.warming;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads at a steady rate, past the nodes' own memory, and counts how often a hot key was found in
 * Redis. One thread reads; the counts are taken by another.
 */
final class Readers implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI namespace;
    private final String token;
    private final ShiftingZipf keys;
    private final int hot;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * What was seen of the hot keys.
     *
     * @param failures reads that were not answered
     */
    record Seen(long hits, long misses, long failures) {

        double rate() {
            return (double) hits / Math.max(1, hits + misses);
        }
    }

    Readers(URI namespace, String token, ShiftingZipf keys, int hot, int perSecond) {
        this.namespace = namespace;
        this.token = token;
        this.keys = keys;
        this.hot = hot;
        this.thread = Thread.ofPlatform().daemon().start(() -> readAt(perSecond));
    }

    /** What was seen since it was last asked. */
    Seen take() {
        return new Seen(hits.getAndSet(0), misses.getAndSet(0), failures.getAndSet(0));
    }

    private void readAt(int perSecond) {
        long start = System.nanoTime();
        try {
            for (long i = 0; !closing; i++) {
                long wait = start + i * 1_000_000_000L / perSecond - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                read(keys.next());
                if (i % perSecond == 0) {
                    keys.shift();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(int key) {
        boolean isHot = keys.isHot(key, hot);
        var request =
                HttpRequest.newBuilder(URI.create(namespace + "/" + key))
                        .header("Authorization", "Bearer " + token)
                        .header("Freshet-Tier", "l2")
                        .build();
        var _ =
                client.sendAsync(request, BodyHandlers.discarding())
                        .handle((answer, failure) -> {
                            count(isHot, failure == null ? answer : null);
                            return null;
                        });
    }

    private void count(boolean isHot, @Nullable HttpResponse<?> answer) {
        if (answer == null || answer.statusCode() != 200) {
            failures.incrementAndGet();
        } else if (isHot) {
            boolean isHit = answer.headers().firstValue("X-Cache-Tier").orElse("").equals("l2");
            (isHit ? hits : misses).incrementAndGet();
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
