package io.freshet.contracts.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/events.md tells producers is what the codec and the schema say. */
class EventsPageTest {

    private static final String PAGE = page("events.md");
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            EventsPageTest.class.getResourceAsStream(
                                    "/schema/invalidation-v1.json"),
                            InputFormat.JSON);

    static Stream<String> examples() {
        return Stream.of(
                        found("^\\S+\\t(\\{[^\\n]*})$", PAGE),
                        found("^ +(\\{\"schema\"[^\\n]*})$", PAGE),
                        found("^(\\{\"schema\"[^\\n]*})$", page("cdc.md")))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldShowOnlyEventsThatAreRead(String example) {
        assertThat(SCHEMA.validate(example, InputFormat.JSON)).isEmpty();
        assertThat(Codecs.EVENT.decode(example.getBytes(UTF_8)))
                .isInstanceOf(Event.Invalidation.class);
    }

    @Test
    void shouldShowEveryTypeOfTarget() {
        Set<Class<?>> types =
                examples()
                        .map(example -> Codecs.EVENT.decode(example.getBytes(UTF_8)))
                        .map(event -> ((Event.Invalidation) event).target().getClass())
                        .collect(Collectors.toSet());

        assertThat(types).containsExactlyInAnyOrder(Target.class.getPermittedSubclasses());
    }

    @Test
    void shouldShowAProducerThatCompiles(@TempDir Path directory) throws IOException {
        String source = found("```java\\n(.*?)```", PAGE).getFirst();
        Path file = Files.writeString(directory.resolve("Invalidate.java"), source);
        var complaints = new ByteArrayOutputStream();

        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                complaints,
                                "-d",
                                directory.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString());

        assertThat(result).as(complaints.toString(UTF_8)).isZero();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String page(String name) {
        try {
            return Files.readString(Path.of("..", "docs", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
