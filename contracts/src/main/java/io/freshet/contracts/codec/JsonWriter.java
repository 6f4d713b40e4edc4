package io.freshet.contracts.codec;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a JSON object field by field, in the order of the calls, straight into bytes. */
final class JsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 512;

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** One object, written by {@code writer}. */
    static <T> byte[] bytes(T value, BiConsumer<T, JsonWriter> writer) {
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new JsonWriter(out).element(value, writer);
        }
        return bytes.toByteArray();
    }

    JsonWriter put(String field, String text) {
        out.writeStringProperty(field, text);
        return this;
    }

    JsonWriter put(String field, long number) {
        out.writeNumberProperty(field, number);
        return this;
    }

    JsonWriter put(String field, boolean flag) {
        out.writeBooleanProperty(field, flag);
        return this;
    }

    JsonWriter put(String field, Instant instant) {
        return put(field, InstantText.of(instant));
    }

    <E extends Enum<E>> JsonWriter put(String field, E constant) {
        return put(field, Constants.name(constant));
    }

    <T> JsonWriter list(String field, Iterable<T> elements, Function<T, String> text) {
        out.writeArrayPropertyStart(field);
        for (T element : elements) {
            out.writeString(text.apply(element));
        }
        out.writeEndArray();
        return this;
    }

    <T> JsonWriter objects(String field, Iterable<T> elements, BiConsumer<T, JsonWriter> writer) {
        out.writeArrayPropertyStart(field);
        for (T element : elements) {
            element(element, writer);
        }
        out.writeEndArray();
        return this;
    }

    <T> JsonWriter object(String field, T value, BiConsumer<T, JsonWriter> writer) {
        out.writeName(field);
        element(value, writer);
        return this;
    }

    private <T> void element(T value, BiConsumer<T, JsonWriter> writer) {
        out.writeStartObject();
        writer.accept(value, this);
        out.writeEndObject();
    }
}
