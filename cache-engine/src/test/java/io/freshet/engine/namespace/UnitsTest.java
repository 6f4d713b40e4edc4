package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S, 500ms",
        "2s, PT2S, 2s",
        "30m, PT30M, 30m",
        "1h, PT1H, 1h",
        "7d, P7D, 7d",
        "90m, PT90M, 90m",
        "60s, PT1M, 1m",
        "0s, PT0S, 0ms"
    })
    void shouldReadAndWriteDurations(String text, Duration duration, String canonical) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "1.5h", "-1s", "1 h", "1w", "1H", "9999999999999s"})
    void shouldRefuseOtherDurations(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 500ms, 2s, 30m, 1h or 7d");
    }

    @ParameterizedTest
    @CsvSource({
        "512B, 512, 512B",
        "64KB, 65536, 64KB",
        "1MB, 1048576, 1MB",
        "2GB, 2147483648, 2GB",
        "1024KB, 1048576, 1MB",
        "1500B, 1500, 1500B",
        "0B, 0, 0B"
    })
    void shouldReadAndWriteSizes(String text, long bytes, String canonical) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
        assertThat(SizeText.format(bytes)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "MB", "1.5MB", "-1B", "1 MB", "1TB", "1mb"})
    void shouldRefuseOtherSizes(String text) {
        assertThatThrownBy(() -> SizeText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 512B, 64KB, 1MB or 2GB");
    }
}
