package io.freshet.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.producer.Signer;
import io.freshet.engine.store.FillOutcome;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** D1, D2, D7, X4: the way of an invalidation from the inbox to Redis. */
class StreamApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Installation installation;
    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));

    StreamApplicationTest(@TempDir Path directory) {
        installation = new Installation(SharedServers.redis().uri(), directory);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    private static EntryKey city(int i) {
        return new EntryKey("city%04d".formatted(i));
    }

    private static void awaitReady(ConfigurableApplicationContext service) {
        await().atMost(PATIENCE)
                .until(() -> Installation.get(service, "health/readiness").statusCode() == 200);
    }

    private void awaitFills(Namespace namespace) {
        await().atMost(PATIENCE).until(() -> installation.takesFills(namespace));
    }

    @Test
    void shouldEvictWhatAnyProducerInvalidates() throws Exception {
        installation.migrate();
        try (var service = installation.start()) {
            awaitReady(service);
            installation.declare(cities);
            awaitFills(cities);
            for (int i = 0; i < 20; i++) {
                assertThat(installation.fill(cities, city(i), Stamp.ZERO, "europe"))
                        .isEqualTo(new FillOutcome.Stored());
            }
            assertThat(installation.fill(cities, new EntryKey("lima"), Stamp.ZERO, "america"))
                    .isEqualTo(new FillOutcome.Stored());

            installation.produce("not an event");
            installation.invalidateKey(cities, city(7));

            await().atMost(PATIENCE).until(() -> !installation.holds(cities, city(7)));
            assertThat(installation.holds(cities, city(8))).isTrue();

            installation.invalidateTag(cities, "europe");

            await().atMost(PATIENCE)
                    .until(() ->
                            IntStream.range(0, 20)
                                    .noneMatch(i -> installation.holds(cities, city(i))));
            assertThat(installation.holds(cities, new EntryKey("lima"))).isTrue();
            assertThat(installation.fill(cities, city(3), Stamp.ZERO, "europe"))
                    .isInstanceOf(FillOutcome.Refused.class);
            checkTopics();
            checkMetrics(service);
        }
    }

    private void checkTopics() {
        var log = installation.values(installation.topics().log());
        assertThat(log)
                .extracting(record -> ((Event.Invalidation) record.event()).id())
                .containsExactlyInAnyOrder("0:1", "0:2", "0:2");
        Target europe = new Target.OfTag(cities, new Tag("europe"));
        assertThat(installation.values(installation.topics().scopes()))
                .filteredOn(ScopeRecord.Position.class::isInstance)
                .hasSize(2)
                .allSatisfy(scope ->
                        assertThat(((ScopeRecord.Position) scope).scope()).isEqualTo(europe));
        var letter = installation.records(installation.topics().deadLetters()).getFirst();
        assertThat(letter.value()).isEqualTo("not an event".getBytes(UTF_8));
        assertThat(letter.headers().lastHeader("reason").value())
                .isEqualTo("not-json".getBytes(UTF_8));
    }

    private static void checkMetrics(ConfigurableApplicationContext service) throws Exception {
        assertThat(Installation.get(service, "prometheus").body())
                .contains("freshet_dead_letters_total{reason=\"not-json\"} 1.0")
                .contains("freshet_dead_letters_total{reason=\"too-large\"} 0.0")
                .contains("freshet_evictions_applied_total{cause=\"invalidated\"} 20.0")
                .contains("freshet_fanout_keys_count 2")
                .contains("freshet_fanout_keys_sum 20.0")
                .contains("freshet_fanout_seconds_count 2")
                .contains("freshet_applier_rewinds_total 0.0")
                .contains("freshet_applier_lag_records 0.0")
                .contains("freshet_log_position{partition=\"0\"}")
                .contains("freshet_log_position{partition=\"1\"}");
    }

    @Test
    void shouldTakeOnlyWhatTrustedProducersHaveSigned() throws Exception {
        // given
        installation.migrate();
        String event =
                """
                {"schema":1,"type":"namespace","namespace":"%s"}\
                """
                        .formatted(cities);
        try (var service =
                installation.start(
                        "--freshet.inbox.producers.ours.secret=a secret of our services",
                        "--freshet.inbox.producers.ours.internal=true",
                        "--freshet.inbox.producers.billing.secret=a secret of the billing",
                        "--freshet.inbox.producers.billing.namespaces=" + cities)) {
            awaitReady(service);
            // when
            installation.produce(event);
            installation.produce(event, Signer.of("billing", "a secret of somebody else"));
            installation.produce(event, Signer.of("billing", "a secret of the billing"));
            // then
            await().atMost(PATIENCE)
                    .until(() -> !installation.values(installation.topics().log()).isEmpty());
            assertThat(installation.values(installation.topics().log()))
                    .extracting(record -> record.via().offset())
                    .containsOnly(2L);
            assertThat(installation.records(installation.topics().deadLetters()))
                    .hasSize(2)
                    .extracting(letter -> letter.headers().lastHeader("reason").value())
                    .containsOnly("unauthorised".getBytes(UTF_8));
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenItIsStartedAgain() throws Exception {
        // given a purge that it has carried out, and an event that came while nobody was there
        installation.migrate();
        installation.declare(cities);
        try (var service = installation.start()) {
            awaitReady(service);
            awaitFills(cities);
            installation.fill(cities, city(0), Stamp.ZERO, "europe");
            installation.invalidateTag(cities, "europe");
            await().atMost(PATIENCE).until(() -> !installation.holds(cities, city(0)));
        }
        installation.invalidateKey(cities, city(1));
        // when
        try (var service = installation.start()) {
            awaitReady(service);
            // then it applies that, and remembers the purge
            await().atMost(PATIENCE)
                    .until(() -> !installation.begun(cities, city(1)).equals(Stamp.ZERO));
            installation.fill(cities, city(2), Stamp.ZERO, "europe");
            await().atMost(PATIENCE)
                    .until(() -> !installation.begun(cities, city(2)).equals(Stamp.ZERO));
            assertThat(installation.holds(cities, city(2))).isFalse();
        }
    }

    @Test
    void shouldWaitForKafkaAndStopWhileItWaits() throws Exception {
        // given
        var service = installation.startAt("127.0.0.1:1");
        // when
        String health = Installation.get(service, "health").body();
        // then
        assertThat(health).contains("waiting for Kafka");
        assertThat(Installation.get(service, "health/readiness").statusCode()).isEqualTo(503);
        assertThat(Installation.get(service, "health/liveness").statusCode()).isEqualTo(200);
        assertThatCode(service::close).doesNotThrowAnyException();
    }
}
