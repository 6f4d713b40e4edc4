package io.freshet.cdc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(bind("freshet.cdc", CaptureSettings.class))
                .isEqualTo(
                        new CaptureSettings(
                                null,
                                null,
                                null,
                                Path.of("rules.yaml"),
                                "freshet",
                                "freshet",
                                "primary",
                                Duration.ofMillis(200),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(500),
                                Duration.ofMillis(2),
                                512,
                                Duration.ofSeconds(6),
                                0.5));
        assertThat(bind("freshet.postgres", PostgresSettings.class))
                .isEqualTo(
                        new PostgresSettings(
                                "jdbc:postgresql://127.0.0.1:5432/freshet", "freshet", ""));
        assertThat(bind("freshet.kafka", KafkaSettings.class))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", "cdc-connector", null));
        assertThat(bind("freshet.topics", TopicSettings.class))
                .isEqualTo(new TopicSettings("freshet", 4, (short) 1));
    }

    @ParameterizedTest
    @CsvSource({
        "slot, Has Space, slot must match",
        "publication, Upper, publication must match",
        "source, '', source must match",
        "heartbeat, 1ms, heartbeat must be at least",
        "visibility-wait, -1s, visibility-wait must be at least",
        "offset-interval, -1s, offset-interval must be at least",
        "poll-interval, 0s, poll-interval must be at least",
        "batch-size, 0, batch-size must be 1 to 65536",
        "sender-timeout, 100ms, sender-timeout must be at least",
        "retention-warning, 1.5, retention-warning must be above 0, at most 1"
    })
    void shouldRefuseWhatCannotWork(String option, String value, String complaint) {
        assertThatThrownBy(() ->
                        bind("freshet.cdc", CaptureSettings.class, "freshet.cdc." + option, value))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("freshet.cdc." + complaint);
    }

    @Test
    void shouldNotShowPasswords() {
        assertThat(new PostgresSettings("jdbc:postgresql://h/d", "u", "secret").toString())
                .doesNotContain("secret");
        assertThat(
                        bind("freshet.cdc", CaptureSettings.class, "freshet.cdc.password", "secret")
                                .toString())
                .doesNotContain("secret");
    }

    private static <T> T bind(String prefix, Class<T> type, String... optionAndValue) {
        Map<String, String> options =
                optionAndValue.length == 0
                        ? Map.of()
                        : Map.of(optionAndValue[0], optionAndValue[1]);
        return new Binder(new MapConfigurationPropertySource(options))
                .bindOrCreate(prefix, Bindable.of(type));
    }
}
