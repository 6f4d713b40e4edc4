package io.freshet.engine.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Entries as bytes, format version 1: a header, then the value's bytes, untouched.
 *
 * <pre>
 *  0  1  format version, 1            28  8  soft expiry
 *  1  1  kind: see below              36  8  hard expiry
 *  2  2  flags, none defined: 0       44  4  load cost in microseconds, unsigned, saturating
 *  4  8  stamp, packed                48  2  length of the header, unsigned
 * 12  8  soft mark, packed            50  1  length of the content type, then its UTF-8
 * 20  8  created                          2  number of tags, then each: 2 length, UTF-8; sorted
 * </pre>
 *
 * Numbers are big endian; times are milliseconds since 1970. Kinds are 1 value, 2 absent, 3 list, 4
 * set, 5 hash, 6 counter. The scripts in Redis know version, kind, stamp, soft mark, expiries and
 * the header's length by their places. Values are copied once in each direction. Thread-safe.
 */
public final class EntryCodec {

    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 50;
    private static final int MAX_HEADER_BYTES = 0xFFFF;
    private static final int MAX_CONTENT_TYPE_BYTES = 0xFF;
    private static final long MAX_LOAD_COST = 0xFFFF_FFFFL;
    private static final byte[] JSON = EntryHeader.JSON.getBytes(UTF_8);

    private EntryCodec() {}

    /**
     * The entry as bytes.
     *
     * @throws IllegalArgumentException when the content type (255 bytes) or the tags (64 KiB in
     *     all) are too long
     */
    public static byte[] encode(Entry entry) {
        EntryHeader header = entry.header();
        byte[] contentType =
                header.contentType().equals(EntryHeader.JSON)
                        ? JSON
                        : header.contentType().getBytes(UTF_8);
        if (contentType.length > MAX_CONTENT_TYPE_BYTES) {
            throw new IllegalArgumentException("content type is longer than 255 bytes");
        }
        List<byte[]> tags =
                header.tags().stream().sorted().map(tag -> tag.value().getBytes(UTF_8)).toList();
        int length = FIXED_BYTES + 1 + contentType.length + 2;
        for (byte[] tag : tags) {
            length += 2 + tag.length;
        }
        if (length > MAX_HEADER_BYTES) {
            throw new IllegalArgumentException("tags are longer than 64 KiB together");
        }
        ByteBuffer out = ByteBuffer.allocate(length + entry.value().length);
        out.put(VERSION).put(codeOf(header.kind())).putShort((short) 0);
        out.putLong(header.stamp().packed()).putLong(header.softMark().packed());
        out.putLong(header.created().toEpochMilli());
        out.putLong(header.softExpiry().toEpochMilli());
        out.putLong(header.hardExpiry().toEpochMilli());
        out.putInt((int) microseconds(header.loadCost())).putShort((short) length);
        out.put((byte) contentType.length).put(contentType).putShort((short) tags.size());
        for (byte[] tag : tags) {
            out.putShort((short) tag.length).put(tag);
        }
        return out.put(entry.value()).array();
    }

    /** As {@link #decode(ByteBuffer)}. */
    public static Entry decode(byte[] bytes) throws CorruptEntryException {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * The entry that the remaining bytes are; they are consumed, not kept.
     *
     * @throws CorruptEntryException when they are none
     */
    public static Entry decode(ByteBuffer in) throws CorruptEntryException {
        try {
            EntryHeader header = decodeHeader(in);
            if (header.kind() == Kind.ABSENT && in.hasRemaining()) {
                throw new CorruptEntryException("an absent entry with a value");
            }
            byte[] value = new byte[in.remaining()];
            in.get(value);
            return new Entry(header, value);
        } catch (BufferUnderflowException e) {
            throw new CorruptEntryException("ends inside its header", e);
        } catch (IllegalArgumentException e) {
            throw new CorruptEntryException("impossible header: " + e.getMessage(), e);
        }
    }

    private static EntryHeader decodeHeader(ByteBuffer in) throws CorruptEntryException {
        int start = in.position();
        int version = in.get();
        if (version != VERSION) {
            throw new CorruptEntryException("format version " + version + " is not known");
        }
        Kind kind = kindOf(in.get());
        short flags = in.getShort();
        if (flags != 0) {
            throw new CorruptEntryException("flags " + flags + " are not known");
        }
        Stamp stamp = new Stamp(in.getLong());
        Stamp softMark = new Stamp(in.getLong());
        Instant created = Instant.ofEpochMilli(in.getLong());
        Instant softExpiry = Instant.ofEpochMilli(in.getLong());
        Instant hardExpiry = Instant.ofEpochMilli(in.getLong());
        Duration loadCost = Duration.ofNanos(Integer.toUnsignedLong(in.getInt()) * 1000);
        int length = Short.toUnsignedInt(in.getShort());
        String contentType = contentType(in);
        Set<Tag> tags = tags(in);
        if (in.position() - start != length) {
            throw new CorruptEntryException(
                    "header of %d bytes says it has %d".formatted(in.position() - start, length));
        }
        return new EntryHeader(
                kind,
                stamp,
                softMark,
                created,
                softExpiry,
                hardExpiry,
                loadCost,
                contentType,
                tags);
    }

    private static String contentType(ByteBuffer in) {
        int length = Byte.toUnsignedInt(in.get());
        if (in.remaining() >= length && in.slice(in.position(), length).equals(JSON_BUFFER)) {
            in.position(in.position() + length);
            return EntryHeader.JSON;
        }
        return text(in, length);
    }

    private static final ByteBuffer JSON_BUFFER = ByteBuffer.wrap(JSON).asReadOnlyBuffer();

    private static Set<Tag> tags(ByteBuffer in) {
        int count = Short.toUnsignedInt(in.getShort());
        if (count == 0) {
            return Set.of();
        }
        if (in.remaining() < 2 * count) {
            throw new BufferUnderflowException();
        }
        List<Tag> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(new Tag(text(in, Short.toUnsignedInt(in.getShort()))));
        }
        return Set.of(tags.toArray(Tag[]::new));
    }

    private static String text(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    /** The number of a kind. */
    public static byte codeOf(Kind kind) {
        return switch (kind) {
            case VALUE -> 1;
            case ABSENT -> 2;
            case LIST -> 3;
            case SET -> 4;
            case HASH -> 5;
            case COUNTER -> 6;
        };
    }

    /** The kind of a number. */
    public static Kind kindOf(byte code) throws CorruptEntryException {
        return switch (code) {
            case 1 -> Kind.VALUE;
            case 2 -> Kind.ABSENT;
            case 3 -> Kind.LIST;
            case 4 -> Kind.SET;
            case 5 -> Kind.HASH;
            case 6 -> Kind.COUNTER;
            default -> throw new CorruptEntryException("kind " + code + " is not known");
        };
    }

    private static long microseconds(Duration loadCost) {
        return loadCost.compareTo(Duration.ofHours(2)) > 0
                ? MAX_LOAD_COST
                : Math.clamp(loadCost.toNanos() / 1000, 0, MAX_LOAD_COST);
    }
}
