package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.api.HttpCalls;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * J5: the files of the console are served, guarded, and no others. A browser tries them elsewhere.
 */
@ExtendWith(SharedService.class)
class ConsoleIT {

    /** What a file of the page names: in HTML, and in modules. */
    private static final Pattern NAMED =
            Pattern.compile("(?:src|href)=\"([^\"#]+)\"|from \"\\./([^\"]+)\"");

    private final HttpCalls anybody;

    ConsoleIT(RunningService service) {
        anybody = service.api.at("http://127.0.0.1:" + service.port());
    }

    @Test
    void shouldServeThePageWithoutAToken() {
        // when
        HttpAnswer page = anybody.get("/console/");

        // then
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.text()).startsWith("<!doctype html>");
    }

    @Test
    void shouldServeEveryFileThatIsNamedAndLetNothingElseIn() {
        // given
        var open = new ArrayDeque<>(List.of(""));
        Set<String> names = new LinkedHashSet<>(open);

        while (!open.isEmpty()) {
            // when
            HttpAnswer file = anybody.get("/console/" + open.remove());

            // then
            assertThat(file.status()).as("%s", names).isEqualTo(200);
            assertThat(file.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            named(file).filter(names::add).forEach(open::add);
        }
        assertThat(names).contains("main.js", "charts/chart.js", "theme.css", "freshet.svg");
    }

    private static Stream<String> named(HttpAnswer file) {
        return NAMED.matcher(file.text())
                .results()
                .map((MatchResult match) -> match.group(match.group(1) == null ? 2 : 1));
    }

    @Test
    void shouldNotSendTwiceWhatABrowserHas() {
        // given
        String etag = anybody.get("/console/main.js").header("ETag");

        // when
        HttpAnswer again = anybody.get("/console/main.js", "If-None-Match", etag);

        // then
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void shouldLeadToItsDirectory() {
        // when
        HttpAnswer answer = anybody.get("/console");

        // then
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("console/");
    }

    @Test
    void shouldAnswerHeadAsGet() {
        // when
        HttpAnswer answer = anybody.head("/console/");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/none.js",
                "/console/..%2Fopenapi.yaml",
                "/console/../openapi.yaml",
                "/console/charts/chart.umd.js.map",
                "/console/main.js/",
                "/console//main.js"
            })
    void shouldServeNothingElse(String path) {
        // when
        HttpAnswer answer = anybody.get(path);

        // then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }
}
