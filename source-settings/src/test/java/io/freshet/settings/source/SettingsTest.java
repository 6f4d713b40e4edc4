package io.freshet.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.engine.source.StandbyOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    private static final PostgresSettings PRIMARY =
            new PostgresSettings("jdbc:postgresql://h/d", "reader", "secret");

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(bind(PostgresSettings.class, Map.of()))
                .isEqualTo(
                        new PostgresSettings(
                                "jdbc:postgresql://127.0.0.1:5432/freshet", "freshet", ""));
        assertThat(bind(StandbySettings.class, Map.of()))
                .isEqualTo(new StandbySettings(null, null, null, Duration.ofMillis(100)));
        assertThat(bind(HttpSourceSettings.class, Map.of()))
                .isEqualTo(new HttpSourceSettings(List.of(), List.of(), Map.of()));
    }

    @Test
    void shouldHaveNoStandbyWithoutAnAddress() {
        assertThat(bind(StandbySettings.class, Map.of()).of(PRIMARY)).isNull();
        assertThat(standby(Map.of("freshet.postgres.standby.url", " ")).of(PRIMARY)).isNull();
    }

    @Test
    void shouldReadAStandbyAsThePrimaryUnlessToldOtherwise() {
        // given
        var url = Map.of("freshet.postgres.standby.url", "jdbc:postgresql://s/d");
        var all =
                Map.of(
                        "freshet.postgres.standby.url", "jdbc:postgresql://s/d",
                        "freshet.postgres.standby.user", "u",
                        "freshet.postgres.standby.password", "p",
                        "freshet.postgres.standby.longest-wait", "1s");
        // then
        assertThat(standby(url).of(PRIMARY))
                .isEqualTo(
                        new StandbyOptions(
                                "jdbc:postgresql://s/d",
                                "reader",
                                "secret",
                                Duration.ofMillis(100)));
        assertThat(standby(all).of(PRIMARY))
                .isEqualTo(
                        new StandbyOptions(
                                "jdbc:postgresql://s/d", "u", "p", Duration.ofSeconds(1)));
    }

    @Test
    void shouldNotTellSecrets() {
        var standby = new StandbySettings("url", "u", "secret", Duration.ZERO);
        var http = new HttpSourceSettings(List.of(), List.of(), Map.of("prices", "secret"));

        assertThat(PRIMARY + " " + standby + " " + http).doesNotContain("secret");
    }

    private static StandbySettings standby(Map<String, String> properties) {
        return bind(StandbySettings.class, properties);
    }

    private static <T> T bind(Class<T> type, Map<String, String> properties) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(prefix, type);
    }
}
