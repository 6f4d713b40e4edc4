package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/options.md");
    private static final List<String> SERVICES =
            List.of("api-service", "cdc-connector", "invalidation-stream", "warmer-worker");
    private static final Map<String, List<String>> SHARED =
            Map.of("tracing", SERVICES, "source-settings", List.of("api-service", "warmer-worker"));

    /** With {@code -Dfreshet.pages=write} it is written anew instead. */
    @Test
    void shouldBeTrue() throws IOException {
        String page = OptionsPage.of(ROOT, SERVICES, SHARED);
        if ("write".equals(System.getProperty("freshet.pages"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as(
                        "write it anew: mvn verify -DskipITs -Dtest=OptionsPageTest -Dfreshet.pages=write")
                .hasContent(page);
    }

    @Test
    void shouldSayWhatEveryOptionIsFor() throws IOException {
        assertThat(
                        OptionsPage.of(ROOT, SERVICES, SHARED)
                                .lines()
                                .filter(line -> line.endsWith("|  |")))
                .as("describe the component in its record's comment")
                .isEmpty();
    }
}
