package io.freshet.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(RedisOptions.of("redis://127.0.0.1:6379"))
                .isEqualTo(
                        new RedisOptions(
                                "redis://127.0.0.1:6379",
                                "",
                                Duration.ofMillis(300),
                                Duration.ofSeconds(2),
                                Runtime.getRuntime().availableProcessors(),
                                20_000,
                                Duration.ofMillis(500),
                                false,
                                RedisOptions.DEFAULT_CIRCUIT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://h1 false 1",
                "rediss://user:secret@h1:7000/2 false 1",
                "redis-sentinel://h1:26379,h2:26379/0#main false 1",
                "redis-cluster://h1:7000,h2:7001,h3 true 3",
                "rediss-cluster://:secret@h1,h2 true 2",
                "redis://h1:7000,redis://h2:7001 true 2",
            })
    void shouldUnderstandEveryFormOfAddress(String uri, boolean cluster, int servers) {
        // when
        RedisTarget target = RedisOptions.of(uri).target();

        // then
        assertThat(target.cluster()).isEqualTo(cluster);
        assertThat(target.uris()).hasSize(servers);
        assertThat(target.uris())
                .extracting(RedisURI::isSsl)
                .containsOnly(uri.startsWith("rediss"));
        assertThat(target.uris())
                .extracting(RedisURI::getTimeout)
                .containsOnly(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:secret@h1:7000/2",
                "redis-cluster://:secret@h1,h2",
                "redis://:secret@h1,redis://:secret@h2"
            })
    void shouldNotShowPasswords(String uri) {
        assertThat(RedisOptions.of(uri).toString()).doesNotContain("secret").contains("h1");
    }

    @Test
    void shouldNameTheOptionThatIsWrong() {
        assertThatThrownBy(() -> RedisOptions.of(" ")).hasMessageContaining("freshet.redis.uri");
        assertThatThrownBy(() -> RedisOptions.of("redis://h").commandTimeout(Duration.ZERO))
                .hasMessageContaining("freshet.redis.command-timeout");
    }
}
