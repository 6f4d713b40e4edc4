package io.freshet.contracts.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Makes codecs out of a pair of functions over one JSON object. */
final class Json {

    private Json() {}

    /** A codec whose objects all carry {@code "schema": version}. */
    static <T> Codec<T> codec(
            int version, BiConsumer<T, ObjectNode> writer, Function<JsonObject, T> reader) {
        return codec(version, writer, Map.of(version, reader));
    }

    /** The same, with readers of earlier versions too. */
    static <T> Codec<T> codec(
            int version,
            BiConsumer<T, ObjectNode> writer,
            Map<Integer, Function<JsonObject, T>> readers) {
        return new Codec<>() {
            @Override
            public byte[] encode(T value) {
                ObjectNode node = JsonObject.MAPPER.createObjectNode().put("schema", version);
                writer.accept(value, node);
                return JsonObject.MAPPER.writeValueAsBytes(node);
            }

            @Override
            public T decode(byte[] bytes) {
                return JsonObject.parse(bytes)
                        .readWith(object -> object.versioned(readers).apply(object));
            }
        };
    }

    /** How a constant is written: lower case, hyphens. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Json::name).toList();
    }
}
