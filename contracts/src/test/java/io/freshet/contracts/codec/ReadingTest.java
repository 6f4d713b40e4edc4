package io.freshet.contracts.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is read, and what is said of what is refused, is as over a tree made by Jackson. */
class ReadingTest {

    private static final int DOCUMENTS = 2_500;

    private static List<JsonNode> goldens = List.of();

    @BeforeAll
    static void readGoldenFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            goldens =
                    files.sorted().map(file -> TreeAnswers.MAPPER.readTree(file.toFile())).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReadAsFromATree(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var mutation = new Mutation(random);
        for (int i = 0; i < DOCUMENTS; i++) {
            // given
            JsonNode golden = goldens.get(random.nextInt(goldens.size()));
            byte[] document = mutation.of(golden);
            Function<Answers, Object> questions = in -> ask(in, golden);

            // when
            Outcome read = outcome(() -> Answers.Read.document(document, questions));

            // then
            assertThat(read)
                    .as("seed %d, document %d: %s", seed, i, new String(document, UTF_8))
                    .isEqualTo(outcome(() -> TreeAnswers.document(document, questions)));
        }
    }

    /** Asks for the fields of the golden file, each as what it is there; for some, if at all. */
    private static Object ask(Answers in, JsonNode golden) {
        Map<String, Object> answers = new LinkedHashMap<>();
        golden.forEachEntry((field, value) -> {
            if (field.length() % 3 > 0 || in.has(field)) {
                answers.put(field, ask(in, field, value));
            }
        });
        return answers;
    }

    private static Object ask(Answers in, String field, JsonNode golden) {
        if (golden.isArray()) {
            return golden.path(0).isObject()
                    ? in.objects(field, inner -> ask(inner, golden.path(0)))
                    : in.list(field);
        }
        if (golden.isObject()) {
            return in.object(field, inner -> ask(inner, golden));
        }
        if (golden.isString()) {
            return switch (field) {
                case "at", "hard-expiry", "created", "started-at" -> in.instant(field);
                case "mode" -> in.mode(field);
                default -> in.text(field);
            };
        }
        return golden.isBoolean() ? in.flag(field) : in.number(field);
    }

    private static Outcome outcome(Supplier<Object> reading) {
        try {
            return new Outcome(reading.get(), null, null);
        } catch (MalformedRecordException e) {
            return new Outcome(null, e.reason(), e.getMessage());
        }
    }

    private record Outcome(
            @Nullable Object value, @Nullable String reason, @Nullable String message) {}
}
