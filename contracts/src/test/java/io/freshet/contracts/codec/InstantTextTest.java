package io.freshet.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what {@link Instant} reads, as the same, and refuses the rest in the same words. */
class InstantTextTest {

    private static final String ALPHABET = "0123456789-:.TZtz+";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.6Z",
                "2026-01-02T03:04:05.000000001Z",
                "2026-01-02T03:04:05.999999999Z",
                "2024-02-29T00:00:00Z",
                "2000-02-29T00:00:00Z",
                "1900-02-28T23:59:59Z",
                "1969-12-31T23:59:59.5Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+12026-01-02T03:04:05Z",
                "-0001-01-02T03:04:05Z",
                "2026-01-02T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-01-02t03:04:05z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04Z",
                "2026-01-02T03:04:05+01:00",
                "2026-01-02T03:04:05.0000000001Z",
                "1900-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-02T25:00:00Z",
                "2026-01-02T03:60:05Z",
                "2026-01-02T03:04:61Z",
                "2026-01-02T03:04:05.12a4Z",
                "2026-01-02T03:04:05.-24Z",
                "２026-01-02T03:04:05Z",
                "2026-01-02 03:04:05Z",
                "now",
                ""
            })
    void shouldReadAsAnInstant(String text) {
        assertThat(outcome(InstantText::parse, text)).isEqualTo(outcome(Instant::parse, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0001-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z"
            })
    void shouldWriteAnyYear(String text) {
        assertThat(InstantText.of(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void shouldReadAndWriteAnyInstant() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 20_000; i++) {
            // given
            long second = random.nextLong(-62_167_219_200L, 253_402_300_800L);
            long nano = random.nextLong(1_000) * (long) Math.pow(10, i % 7);
            String text = Instant.ofEpochSecond(second, nano).toString();
            var almost = new StringBuilder(text);
            almost.setCharAt(
                    random.nextInt(text.length()),
                    ALPHABET.charAt(random.nextInt(ALPHABET.length())));

            // when / then
            assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
            assertThat(InstantText.of(Instant.parse(text))).isEqualTo(text);
            assertThat(outcome(InstantText::parse, almost.toString()))
                    .as("document %d: %s", i, almost)
                    .isEqualTo(outcome(Instant::parse, almost.toString()));
        }
    }

    private static Object outcome(Function<String, Instant> parser, String text) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
