package io.freshet.engine.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.Namespace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F1, F3, F6: what a namespace may say of its warming. */
class WarmingTest {

    private static final Namespace CITIES = new Namespace("cities");

    @Test
    void shouldReadAllThatItMaySay() {
        // given
        String yaml =
                """
                version: 1
                namespaces:
                  - name: cities
                    source: {sql: "SELECT id FROM cities WHERE id = CAST(:key AS bigint)"}
                    warm:
                      top: 500
                      cron: "*/15  6-22 * * MON-FRI"
                      miss-rate-above: 20%
                      after-invalidation: 50
                      hold-out: 2%
                      queries: {capitals: SELECT id FROM cities WHERE is_capital}
                """;

        // when
        NamespaceConfig cities = NamespacesFile.parse("namespaces.yaml", yaml).getFirst();

        // then
        assertThat(cities.warming())
                .isEqualTo(
                        new Warming(
                                500,
                                new Cron("*/15 6-22 * * MON-FRI"),
                                20,
                                50,
                                2,
                                Map.of("capitals", "SELECT id FROM cities WHERE is_capital")));
        assertThat(NamespaceDocument.read(CITIES, NamespaceDocument.write(cities)))
                .isEqualTo(cities);
    }

    @Test
    void shouldWarmAThousandKeysAndHoldOutOnePercentWhenNothingIsSaid() {
        assertThat(NamespaceConfig.of(CITIES).warming())
                .isEqualTo(new Warming(1_000, null, 0, 0, 1, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"* * * * *", "0,30 8-18/2 1,15 JAN-MAR sun", "59 23 31 12 7", "*/5 * * * 0"})
    void shouldTakeSchedules(String text) {
        assertThat(new Cron(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 * * * *   | five fields",
                "60 * * * *    | minute must be",
                "* 5-3 * * *   | hour must be",
                "* * 0 * *     | day of month must be",
                "* * * FEBR *  | month must be",
                "* * * * */0   | day of week must be",
                "1- * * * *    | minute must be",
                ", * * * *     | minute must be"
            })
    void shouldRefuseOtherTexts(String text, String reason) {
        assertThatThrownBy(() -> new Cron(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"warm\": {\"top\": -1}}               | warm.top must be 0 to 1000000",
                "{\"warm\": {\"hold_out\": \"51%\"}}     | warm.hold-out must be 0 to 50 percent",
                "{\"warm\": {\"topp\": 1}}               | 'topp'",
                "{\"warm\": {\"queries\": {\"a\": \"SELECT 1\"}}} | warm.queries need a SQL source"
            })
    void shouldRefuseWhatCannotBe(String json, String reason) {
        assertThatThrownBy(() -> NamespaceDocument.read(CITIES, json.getBytes(UTF_8)))
                .isInstanceOf(IllegalNamespaceException.class)
                .hasMessageContaining(reason);
    }
}
