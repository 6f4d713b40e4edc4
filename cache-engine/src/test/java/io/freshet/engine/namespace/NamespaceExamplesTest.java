package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show of the file of namespaces is read as it stands there. */
class NamespaceExamplesTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String FILE = "version: 1\nnamespaces:\n";
    private static final String NAMESPACE =
            FILE + "  - name: example\n    source: {sql: SELECT :key}\n";

    static Stream<String> examples() {
        return Stream.of("namespaces.md", "sources.md", "warming.md")
                .flatMap(NamespaceExamplesTest::examplesOf);
    }

    private static Stream<String> examplesOf(String page) {
        try {
            return EXAMPLE.matcher(Files.readString(Path.of("..", "docs", page)))
                    .results()
                    .map(found -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeRead(String example) {
        assertThat(NamespacesFile.parse("example.yaml", whole(example))).isNotEmpty();
    }

    /** A piece of a file, with what stands above it there. */
    private static String whole(String example) {
        return switch (example.indexOf(example.strip())) {
            case 0 -> example;
            case 2 -> FILE + example;
            default -> NAMESPACE + example;
        };
    }
}
