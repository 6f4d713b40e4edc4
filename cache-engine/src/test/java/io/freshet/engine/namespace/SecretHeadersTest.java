package io.freshet.engine.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretHeadersTest {

    private static final Namespace PRICES = new Namespace("prices");

    @ParameterizedTest
    @CsvSource({
        "Authorization,            Bearer 6f3a,             ***",
        "proxy-authorization,      Basic dTpw,              ***",
        "X-Api-Key,                6f3a,                    ***",
        "Cookie,                   session=1,               ***",
        "Authorization,            Bearer ${secret:prices}, Bearer ${secret:prices}",
        "Accept,                   text/csv,                text/csv"
    })
    void shouldShowNoSecrets(String name, String value, String shown) {
        // given
        NamespaceConfig config = withHeader(name, value);

        // when
        String document = new String(NamespaceDocument.show(config), UTF_8);
        String row =
                SecretHeaders.hideInRow(
                        "{\"version\":1,\"source\":%s}"
                                .formatted(NamespaceDocument.write(source(name, value))));

        // then
        String headers = "\"headers\":{\"%s\":\"%s\"}".formatted(name, shown);
        assertThat(document).contains(headers);
        assertThat(row).startsWith("{\"version\":1,").contains(headers);
        assertThat(NamespaceDocument.read(PRICES, NamespaceDocument.write(config)))
                .isEqualTo(config);
    }

    @Test
    void shouldNotTakeWhatIsShownForTheValue() {
        // given
        byte[] shown = NamespaceDocument.show(withHeader("Authorization", "Bearer 6f3a"));

        // then
        assertThatThrownBy(() -> NamespaceDocument.read(PRICES, shown))
                .isInstanceOf(IllegalNamespaceException.class)
                .hasMessageContaining("'Authorization' is *** only where a secret is hidden");
    }

    private static NamespaceConfig withHeader(String name, String value) {
        return NamespaceConfig.builder(PRICES).source(source(name, value)).build();
    }

    private static SourceConfig source(String name, String value) {
        return new HttpSourceConfig(
                "https://prices.example/{key}",
                Duration.ofSeconds(2),
                Map.of(name, value),
                List.of());
    }
}
