package io.freshet.warmer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(bind(WarmerSettings.class, Map.of()))
                .isEqualTo(
                        new WarmerSettings(
                                200,
                                8,
                                Duration.ofMillis(500),
                                new WarmerSettings.Popularity(
                                        10_000, 100, Duration.ofHours(1), Duration.ofMinutes(1))));
        assertThat(bind(KafkaSettings.class, Map.of()))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092"));
        assertThat(bind(TopicSettings.class, Map.of()))
                .isEqualTo(new TopicSettings("freshet", 4, 64, (short) 1, 1));
        assertThat(bind(RedisSettings.class, Map.of()))
                .isEqualTo(new RedisSettings("redis://127.0.0.1:6379"));
        assertThat(bind(VerifierSettings.class, Map.of()))
                .isEqualTo(
                        new VerifierSettings(
                                List.of(),
                                "",
                                1,
                                List.of(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(60)),
                                Set.of()))
                .matches(settings -> !settings.isOn());
        assertThat(bind(NodeSettings.class, Map.of()).id()).matches(".+-[0-9a-f]{4}");
    }

    @ParameterizedTest
    @CsvSource({
        "freshet.warmer.budget, 0, 'must be at least 1, not 0'",
        "freshet.warmer.concurrency, -1, 'must be at least 1, not -1'",
        "freshet.warmer.progress-interval, 0ms, 'must be at least 1ms, not PT0S'",
        "freshet.warmer.popularity.keys, 1, 'must be at least 2, not 1'",
        "freshet.warmer.popularity.namespaces, 0, 'must be at least 1, not 0'",
        "freshet.warmer.popularity.half-life, -1s, 'must be at least 1ms, not PT-1S'",
        "freshet.warmer.popularity.save-interval, 0s, 'must be at least 1ms, not PT0S'"
    })
    void shouldRefuseWhatCannotWork(String option, String value, String reason) {
        assertThatThrownBy(() -> bind(WarmerSettings.class, Map.of(option, value)))
                .rootCause()
                .hasMessage(option + " " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "freshet.verifier.rate, 0, 'must be above 0 and at most 100, not 0.0'",
        "'freshet.verifier.after', '5s,1s', "
                + "'must be one to five ascending durations, not [PT5S, PT1S]'"
    })
    void shouldRefuseToVerifyLikeThis(String option, String value, String reason) {
        assertThatThrownBy(() -> bind(VerifierSettings.class, Map.of(option, value)))
                .rootCause()
                .hasMessage(option + " " + reason);
    }

    @Test
    void shouldNotTellSecrets() {
        var verifier =
                new VerifierSettings(List.of(), "secret", 1, List.of(Duration.ofDays(1)), Set.of());

        var redis = new RedisSettings("redis://:secret@127.0.0.1:6379");

        assertThat(redis + " " + verifier).doesNotContain("secret");
    }

    private static <T> T bind(Class<T> type, Map<String, String> properties) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(prefix, type);
    }
}
