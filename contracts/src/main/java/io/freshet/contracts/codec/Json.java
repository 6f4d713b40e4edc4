package io.freshet.contracts.codec;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Makes codecs out of a pair of functions over one JSON object. */
final class Json {

    private Json() {}

    /** A codec whose objects all carry {@code "schema": version}. */
    static <T> Codec<T> codec(
            int version, BiConsumer<T, JsonWriter> writer, Function<JsonObject, T> reader) {
        return codec(version, writer, Map.of(version, reader));
    }

    /** The same, with readers of earlier versions too. */
    static <T> Codec<T> codec(
            int version,
            BiConsumer<T, JsonWriter> writer,
            Map<Integer, Function<JsonObject, T>> readers) {
        BiConsumer<T, JsonWriter> versioned =
                (value, out) -> writer.accept(value, out.put("schema", version));
        Function<JsonObject, T> reader = object -> object.versioned(readers).apply(object);
        return new Codec<>() {
            @Override
            public byte[] encode(T value) {
                return JsonWriter.bytes(value, versioned);
            }

            @Override
            public T decode(byte[] bytes) {
                return JsonObject.parse(bytes).readWith(reader);
            }
        };
    }
}
