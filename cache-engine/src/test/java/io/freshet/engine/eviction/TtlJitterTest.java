package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TtlJitterTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldSpreadTtlsOverThePercentageThatIsAllowed() {
        // given
        NamespaceConfig config = jittering(20);

        // when
        var minutes =
                IntStream.range(0, 1_000)
                        .mapToLong(i -> ttl(config, "k" + i).toMinutes())
                        .summaryStatistics();

        // then
        assertThat(minutes.getMin()).isEqualTo(48);
        assertThat(minutes.getMax()).isBetween(59L, 60L);
        assertThat(minutes.getAverage()).isBetween(53.0, 54.5);
    }

    @Test
    void shouldShortenTheTtlOfAKeyAlike() {
        assertThat(ttl(jittering(20), "alice")).isEqualTo(ttl(jittering(20), "alice"));
    }

    @Test
    void shouldLeaveTtlsAloneWhereNobodyAskedForIt() {
        assertThat(ttl(jittering(0), "alice")).isEqualTo(HOUR);
    }

    private static Duration ttl(NamespaceConfig config, String key) {
        return TtlJitter.of(config, new EntryKey(key), HOUR);
    }

    private static NamespaceConfig jittering(int percent) {
        return NamespaceConfig.builder(new Namespace("users")).ttlJitter(percent).build();
    }
}
