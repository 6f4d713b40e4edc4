package io.freshet.contracts.codec;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Integer.MIN_VALUE, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldReadWholeNumbers(long number) {
        assertRead("{\"n\":" + number + "}", in -> in.number("n"), number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "-0.0",
                "1e400",
                "9223372036854775808",
                "-9223372036854775809",
                "\"1\"",
                "true",
                "[1]"
            })
    void shouldRefuseOtherNumbers(String number) {
        assertRefused("{\"n\":" + number + "}", in -> in.number("n"), "'n' must be a whole number");
    }

    @Test
    void shouldRefuseANumberThatIsTooLargeForItsPlace() {
        assertRefused(
                "{\"n\":2147483648}",
                in -> in.counted("n", Math::toIntExact),
                "'n' is illegal: integer overflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2147483648", "true", "{}"})
    void shouldTakeNoOtherVersionThanASmallNumber(String version) {
        assertRefused(
                "{\"schema\":" + version + "}",
                in -> in.versioned(Map.of(1, "first")),
                "'schema' must be a number");
    }

    @Test
    void shouldNameTheNewestVersionThatIsKnown() {
        assertRefused(
                "{\"schema\":3}",
                in -> in.versioned(Map.of(1, "first", 2, "second")),
                "schema 3 is not known here, 2 is");
    }

    @Test
    void shouldTakeNullForAMissingField() {
        assertRead("{\"a\":null}", in -> in.has("a"), false);
        assertRead("{\"a\":null}", in -> "" + in.optionalText("a"), "null");
        assertRefused("{\"a\":null}", in -> in.text("a"), "field 'a' is missing");
        assertRefused("{}", in -> in.text("a"), "field 'a' is missing");
        assertRefused("{\"a\":null}", _ -> 1, "unknown field 'a'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"a":1,"a":1}            | Duplicate Object property "a"
                    {"a":1,"\\u0061":1}      | Duplicate Object property "a"
                    {"a":1,"b":[{"c":1,"c":2}]} | Duplicate Object property "c"
                    {"a":1,"a"x              | Duplicate Object property "a"
                    {"a":1,"a":tru}          | Duplicate Object property "a"
                    {"a":1,"a":{"b":}        | Duplicate Object property "a"
                    """)
    void shouldSayWhichFieldStandsTwiceBeforeAllElse(String document, String complaint) {
        assertRefused(document, in -> in.number("a"), "not JSON: " + complaint);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 64, 1_000})
    void shouldFindAFieldThatStandsTwiceAmongAnyNumber(int count) {
        assertRefused(
                "{" + fields(count) + ",\"f0\":0}",
                in -> in.number("f0"),
                "not JSON: Duplicate Object property \"f0\"");
        assertRefused(
                "{" + fields(count) + ",\"f" + (count - 1) + "\":0}",
                in -> in.number("f0"),
                "not JSON: Duplicate Object property \"f" + (count - 1) + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 70})
    void shouldFindEveryFieldThatIsThereAndNoOther(int count) {
        String document = "{" + fields(count) + "}";

        assertRead(
                document,
                in ->
                        IntStream.iterate(count - 1, i -> i >= 0, i -> i - 1)
                                .mapToObj(i -> in.number("f" + i))
                                .toList(),
                LongStream.range(0, count).boxed().toList().reversed());
        assertRefused(
                document,
                in -> {
                    for (int i = 0; i < count; i++) {
                        in.number("f" + i);
                    }
                    return in.number("f" + count);
                },
                "field 'f" + count + "' is missing");
    }

    /** Comparing every name with every other would take minutes. */
    @Test
    void shouldReadAHundredThousandFieldsInTheTimeThatTheyTake() {
        String document = "{" + fields(100_000) + "}";

        assertRefused(document, in -> in.number("f0"), "unknown field 'f1'");
    }

    @Test
    void shouldNameTheFirstFieldThatNobodyAskedForByItsPath() {
        assertRefused(
                "{\"a\":{\"b\":1,\"x\":2,\"y\":3},\"z\":4}",
                in -> in.object("a", inner -> inner.number("b")),
                "unknown field 'a.x'");
        assertRefused(
                "{\"a\":[{\"b\":{\"c\":7}}]}",
                in -> in.objects("a", each -> each.object("b", inner -> inner.text("c"))),
                "'a.b.c' must be a string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {} {}     | not JSON: Trailing token (`JsonToken.START_OBJECT`) found after value (bound as `tools.jackson.databind.JsonNode`): not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`
                    {} x      | not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                    {"a":01}  | not JSON: Invalid numeric value: Leading zeroes not allowed
                    {"a":1,}  | not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start property name
                    ~~        | not a JSON object
                    null      | not a JSON object
                    [{}]      | not a JSON object
                    "{}"      | not a JSON object
                    """)
    void shouldRefuseWhatIsNotOneObject(String document, String message) {
        assertRefused(document, _ -> 1, message);
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeeply() {
        assertRead(nested(499), in -> in.has("a"), true);
        assertRefused(
                nested(500),
                in -> in.has("a"),
                "not JSON: Document nesting depth (501) exceeds the maximum allowed (500, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`)");
    }

    @Test
    void shouldRefuseBytesThatAreNoText() {
        byte[] document = "{\"a\":\"?\"}".getBytes(UTF_8);
        document[6] = (byte) 0xFF;

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JsonObject.parse(document))
                .withMessage("not JSON: Invalid UTF-8 start byte 0xff");
    }

    @Test
    void shouldReadAnyUnicode() {
        assertRead("{\"a\":\"\\ud800\"}", in -> in.text("a"), "\ud800");
        assertRead("{\"é\":\"🌊\"}", in -> in.text("é"), "🌊");
        assertThat(JsonObject.parse("{\"a\":\"€\"}".getBytes(UTF_16)).text("a")).isEqualTo("€");
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"f" + i + "\":" + i)
                .collect(Collectors.joining(","));
    }

    private static String nested(int arrays) {
        return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    }

    private static <T> T read(String document, Function<JsonObject, T> reader) {
        return JsonObject.parse(document.getBytes(UTF_8)).readWith(reader);
    }

    private static <T> void assertRead(
            String document, Function<JsonObject, T> reader, T expected) {
        assertThat((Object) read(document, reader)).isEqualTo(expected);
    }

    private static void assertRefused(
            String document, Function<JsonObject, ?> reader, String message) {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> read(document, reader))
                .withMessage(message);
    }
}
