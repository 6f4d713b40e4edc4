package io.freshet.stream.expansion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Key of a row: bytes, ordered as unsigned.
 *
 * <p>Parts are joined by a zero byte, which no identifier contains, so that what shares its first
 * parts stands together and no key is a prefix of another's parts.
 */
public final class RowKey implements Comparable<RowKey> {

    private static final String JOINT = "\0";

    private final byte[] bytes;

    private RowKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over. */
    public static RowKey of(byte[] bytes) {
        return new RowKey(bytes);
    }

    /** An empty last part makes a prefix of everything that begins with the others. */
    static RowKey ofParts(String... parts) {
        return new RowKey(String.join(JOINT, parts).getBytes(UTF_8));
    }

    static RowKey of(Stamp position) {
        return new RowKey(ByteBuffer.allocate(Long.BYTES).putLong(position.packed()).array());
    }

    static RowKey ofKey(Namespace namespace, EntryKey key) {
        return ofParts(namespace.value(), key.value());
    }

    static RowKey ofTagged(Namespace namespace, Tag tag, EntryKey key) {
        return ofParts(namespace.value(), tag.value(), key.value());
    }

    Stamp stamp() {
        return new Stamp(ByteBuffer.wrap(bytes).getLong());
    }

    String[] parts() {
        return new String(bytes, UTF_8).split(JOINT, -1);
    }

    String lastPart() {
        String[] parts = parts();
        return parts[parts.length - 1];
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean startsWith(RowKey prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(
                        bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** The smallest key above this one. */
    public RowKey next() {
        return new RowKey(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** The smallest key above all that begin with this one, or null when there is none. */
    public @Nullable RowKey afterAllWithIt() {
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] end = Arrays.copyOf(bytes, last + 1);
        end[last]++;
        return new RowKey(end);
    }

    @Override
    public int compareTo(RowKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
