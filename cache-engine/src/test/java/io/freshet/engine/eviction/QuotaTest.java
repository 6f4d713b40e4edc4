package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 100, 1_000_003})
    void shouldDivideWithoutLosingAny(long bound) {
        // given
        var bounds = new Quota(bound, 3 * bound);

        // when
        Quota all =
                IntStream.range(0, 64)
                        .mapToObj(bucket -> bounds.shareOf(bucket, 64))
                        .reduce(Quota.NONE, Quota::plus);

        // then
        assertThat(all).isEqualTo(bounds);
    }
}
