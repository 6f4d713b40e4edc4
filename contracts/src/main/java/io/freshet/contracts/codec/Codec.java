package io.freshet.contracts.codec;

/** How the records of one topic are written as bytes. Stateless and thread-safe. */
public interface Codec<T> {

    byte[] encode(T value);

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedRecordException when the bytes are anything else
     */
    T decode(byte[] bytes);
}
