package io.freshet.stream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(bind(StreamSettings.class, Map.of()))
                .isEqualTo(
                        new StreamSettings(
                                "freshet-stream",
                                null,
                                Path.of("var/stream"),
                                1,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                DataSize.ofKilobytes(64),
                                Duration.ofMillis(200),
                                new StreamSettings.FanOut(20_000, 1000, Duration.ofMillis(10), 500),
                                new StreamSettings.Sweep(Duration.ofSeconds(1), 5000),
                                new StreamSettings.Applier(
                                        Duration.ofSeconds(2),
                                        Duration.ofMillis(500),
                                        2000,
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(5))));
        assertThat(bind(PlantedFaultSettings.class, Map.of()).isNone()).isTrue();
        assertThat(bind(KafkaSettings.class, Map.of()))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092"));
        assertThat(bind(InboxSettings.class, Map.of())).isEqualTo(new InboxSettings(Map.of()));
        assertThat(bind(TopicSettings.class, Map.of()))
                .isEqualTo(new TopicSettings("freshet", 4, 64, (short) 1, 1));
        assertThat(bind(RedisSettings.class, Map.of()))
                .isEqualTo(new RedisSettings("redis://127.0.0.1:6379"));
        assertThat(bind(PostgresSettings.class, Map.of()))
                .isEqualTo(
                        new PostgresSettings(
                                "jdbc:postgresql://127.0.0.1:5432/freshet", "freshet", ""));
    }

    @Test
    void shouldRefuseProducersThatWouldStopTheSystem() {
        assertThatThrownBy(() ->
                        bind(
                                InboxSettings.class,
                                Map.of(
                                        "freshet.inbox.producers.billing.secret",
                                        "a secret of the billing",
                                        "freshet.inbox.producers.billing.namespaces",
                                        "orders")))
                .rootCause()
                .hasMessageStartingWith("freshet.inbox.producers names no producer with internal");
        assertThatThrownBy(() ->
                        bind(
                                        InboxSettings.class,
                                        Map.of(
                                                "freshet.inbox.producers.ours.secret",
                                                "short",
                                                "freshet.inbox.producers.ours.internal",
                                                "true"))
                                .trusted())
                .hasMessage(
                        "freshet.inbox.producers.ours.secret: a producer's secret needs at least 16"
                                + " characters");
    }

    @ParameterizedTest
    @CsvSource({
        "application-id, a b, 'must be 1 to 100 letters, digits, ''.'', ''_'' or ''-'', not a b'",
        "standby-replicas, -1, 'must be at least 0, not -1'",
        "commit-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "session-timeout, 5s, 'must be at least 6s (Kafka refuses less), not PT5S'",
        "max-event-size, 1MB, 'must be 16KB to 512KB, not 1048576B'",
        "progress-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "fan-out.keys-per-second, 0, 'must be at least 1, not 0'",
        "fan-out.rows-per-step, 0, 'must be at least 1, not 0'",
        "fan-out.step-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "fan-out.keys-per-record, 501, 'must be at most 500 (a record is at most 1 MB), not 501'",
        "sweep.interval, -1s, 'must be at least 1ms, not PT-1S'",
        "sweep.rows, 0, 'must be at least 1, not 0'",
        "applier.idle-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "applier.catalog-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "applier.keys-per-round, 0, 'must be at least 1, not 0'",
        "applier.shortest-back-off, 0ms, 'must be at least 1ms, not PT0S'",
        "applier.longest-back-off, 1ms, 'must be at least shortest-back-off (PT0.1S), not PT0.001S'"
    })
    void shouldRefuseWhatCannotWork(String option, String value, String reason) {
        String name = "freshet.stream." + option;
        assertThatThrownBy(() -> bind(StreamSettings.class, Map.of(name, value)))
                .rootCause()
                .hasMessage(name + " " + reason);
    }

    @Test
    void shouldNotTellSecrets() {
        var redis = new RedisSettings("redis://:secret@127.0.0.1:6379");
        var postgres = new PostgresSettings("jdbc:postgresql://h/d", "u", "secret");

        assertThat(redis + " " + postgres).doesNotContain("secret");
    }

    private static <T> T bind(Class<T> type, Map<String, String> properties) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        var binder =
                new Binder(
                        List.of(new MapConfigurationPropertySource(properties)),
                        null,
                        ApplicationConversionService.getSharedInstance());
        return binder.bindOrCreate(prefix, type);
    }
}
