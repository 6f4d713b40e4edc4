package io.freshet.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.resilience.GuardOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ResilienceSettingsTest {

    @Test
    void shouldHaveTheDefaultsOfTheEngine() {
        // when
        var settings =
                new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("freshet.resilience", ResilienceSettings.class);

        // then
        assertThat(settings.sources().options()).isEqualTo(GuardOptions.SOURCE);
        assertThat(settings.redis().options()).isEqualTo(RedisOptions.DEFAULT_CIRCUIT);
    }
}
