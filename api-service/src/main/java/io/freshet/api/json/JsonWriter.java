package io.freshet.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes one JSON document into a byte array; values that are JSON already are copied in as they
 * are. The caller closes what it opens. Not thread-safe.
 */
public final class JsonWriter {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private byte[] bytes;
    private int size;
    private boolean first = true;

    /**
     * @param expected how many bytes it will be, about
     */
    public JsonWriter(int expected) {
        bytes = new byte[Math.max(64, expected)];
    }

    public JsonWriter() {
        this(256);
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    /** Begins a member; its value follows. */
    public JsonWriter name(String name) {
        separate();
        quoted(name);
        append(':');
        first = true;
        return this;
    }

    public JsonWriter value(String text) {
        separate();
        quoted(text);
        return this;
    }

    public JsonWriter value(long number) {
        return raw(ascii(Long.toString(number)));
    }

    public JsonWriter value(double number) {
        return raw(ascii(Double.toString(number)));
    }

    public JsonWriter value(boolean bool) {
        return raw(bool ? TRUE : FALSE);
    }

    public JsonWriter nothing() {
        return raw(NULL);
    }

    /** Text without quotes, backslashes, control or non-ASCII characters. */
    public JsonWriter plain(String text) {
        separate();
        append('"');
        append(ascii(text));
        append('"');
        return this;
    }

    public JsonWriter values(Collection<String> texts) {
        beginArray();
        texts.forEach(this::value);
        return endArray();
    }

    /** A value that is JSON already. */
    public JsonWriter raw(byte[] json) {
        separate();
        append(json);
        return this;
    }

    /** What was written. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private JsonWriter open(char bracket) {
        separate();
        append(bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            append(',');
        }
        first = false;
    }

    private void quoted(String text) {
        append('"');
        append(escaped(text));
        append('"');
    }

    /** Half of a surrogate pair, which callers may send, becomes a question mark. */
    private static byte[] escaped(String text) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        try {
            return encoder.quoteAsUTF8(text);
        } catch (IllegalArgumentException _) {
            byte[] encodable = text.getBytes(StandardCharsets.UTF_8);
            return encoder.quoteAsUTF8(new String(encodable, StandardCharsets.UTF_8));
        }
    }

    private void append(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    private void append(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
