package io.freshet.warmer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.Popularity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTailTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Popularity popularity =
            new Popularity(10, 10, Duration.ofHours(1), InstantSource.fixed(NOW));
    private Broker broker;

    @BeforeEach
    void open() throws Exception {
        broker = new Broker();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void shouldKnowWhatWasPopularBeforeItStarted() throws Exception {
        broker.send(traffic(PARIS, 3));
        broker.send(traffic(LIMA, 5));

        try (var tail = tail()) {
            tail.start();
            tail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(popularity.top(CITIES, 10)).containsExactly(LIMA, PARIS);
        }
    }

    @Test
    void shouldFollowWhatIsToldWhileItRuns() throws Exception {
        try (var tail = tail()) {
            tail.start();
            tail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);

            broker.send(traffic(PARIS, 3));

            await().until(() -> popularity.top(CITIES, 10).equals(List.of(PARIS)));
        }
    }

    @Test
    void shouldBeginWhereItIsTold() throws Exception {
        broker.send(traffic(PARIS, 3));
        broker.send(traffic(LIMA, 5));

        try (var tail = tail(new TopicTail.Start.At(Map.of(0, 1L)))) {
            tail.start();
            tail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(popularity.top(CITIES, 10)).containsExactly(LIMA);
        }
    }

    @Test
    void shouldPassOverMalformedRecords() throws Exception {
        broker.send(broker.topics().telemetry(), "bad", "nonsense".getBytes(UTF_8));
        broker.send(traffic(PARIS, 3));

        try (var tail = tail()) {
            tail.start();

            await().until(() -> popularity.top(CITIES, 10).equals(List.of(PARIS)));
            assertThat(registry.get("freshet.warmer.malformed.records").counter().count())
                    .isEqualTo(1);
        }
    }

    private TopicTail<Traffic> tail() {
        return tail(new TopicTail.Start.Oldest());
    }

    private TopicTail<Traffic> tail(TopicTail.Start start) {
        return new TopicTail<>(
                "telemetry",
                broker.clients(),
                broker.topics().telemetry(),
                start,
                popularity::add,
                new WarmerMetrics(registry));
    }

    private static Traffic traffic(EntryKey key, long hits) {
        return new Traffic(
                "node",
                CITIES,
                NOW,
                Duration.ofSeconds(10),
                hits,
                0,
                0,
                List.of(new Traffic.HotKey(key, hits, 0)));
    }
}
