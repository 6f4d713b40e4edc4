package io.freshet.contracts.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Documents that are almost another one: other fields, other values, other bytes. */
record Mutation(RandomGenerator random) {

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-0",
                    "1.0",
                    "1e3",
                    "1e400",
                    "2147483648",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "9223372036854775808",
                    "9".repeat(1001),
                    "01",
                    "NaN",
                    "\"\"",
                    "\"hard\"",
                    "\"Hard\"",
                    "\"\\u0041\\n\\\\\"",
                    "\"\\ud800\"",
                    "\"\\ud83c\\udf0a\"",
                    "\"é€🌊\"",
                    "\"\t\"",
                    "\"2026-02-28T23:59:59.123456789Z\"",
                    "\"2026-02-29T00:00:00Z\"",
                    "\"2026-01-02t03:04:05z\"",
                    "\"2026-01-02T24:00:00Z\"",
                    "{}",
                    "[]",
                    "[null]",
                    "[\"a\",\"b\"]",
                    "[{}]",
                    "[[{\"a\":[]}]]",
                    "{\"a\":{\"b\":1,\"b\":2}}");

    byte[] of(JsonNode document) {
        byte[] bytes = (padding() + json(document) + padding()).getBytes(UTF_8);
        return random.nextInt(3) == 0 ? damaged(bytes) : bytes;
    }

    private String json(JsonNode node) {
        if (oneIn(40)) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        if (node.isObject()) {
            return fields(node).stream().collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream().map(this::json).collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }

    private List<String> fields(JsonNode object) {
        var fields = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String value = padding() + json(field.getValue());
            fields.add("\"" + name(field.getKey()) + "\"" + padding() + ":" + value);
        }
        if (!fields.isEmpty() && oneIn(30)) {
            fields.remove(random.nextInt(fields.size()));
        }
        if (oneIn(30)) {
            IntStream.range(0, random.nextInt(40)).forEach(i -> fields.add("\"x" + i + "\":0"));
        }
        if (!fields.isEmpty() && oneIn(20)) {
            fields.add(fields.get(random.nextInt(fields.size())));
        }
        if (oneIn(4)) {
            Collections.shuffle(fields, Random.from(random));
        }
        return fields;
    }

    private String name(String name) {
        if (oneIn(100)) {
            return "\\u%04x".formatted((int) name.charAt(0)) + name.substring(1);
        }
        return oneIn(100) ? name + "ö" : name;
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + random.nextInt(1, 20));
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
            case 2 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            case 3 -> joined(bytes, Arrays.copyOfRange(bytes, at, to));
            default -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private String padding() {
        return oneIn(50) ? " \n" : "";
    }

    private boolean oneIn(int some) {
        return random.nextInt(some) == 0;
    }
}
