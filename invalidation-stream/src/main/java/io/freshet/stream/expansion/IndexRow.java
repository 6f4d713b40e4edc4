package io.freshet.stream.expansion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the index knows of a key from all its registrations that Redis may still hold.
 *
 * @param stamp the newest
 * @param hardExpiry the latest
 * @param tags of any of them
 */
record IndexRow(Stamp stamp, Instant hardExpiry, SortedSet<Tag> tags) {

    private static final byte FORMAT = 1;

    IndexRow {
        tags = new TreeSet<>(tags);
    }

    IndexRow and(IndexRow other) {
        var allTags = new TreeSet<>(tags);
        allTags.addAll(other.tags);
        return new IndexRow(
                Stamp.max(stamp, other.stamp),
                hardExpiry.isAfter(other.hardExpiry) ? hardExpiry : other.hardExpiry,
                allTags);
    }

    IndexRow without(Tag tag) {
        var fewer = new TreeSet<>(tags);
        fewer.remove(tag);
        return new IndexRow(stamp, hardExpiry, fewer);
    }

    byte[] encode() {
        List<byte[]> names = tags.stream().map(tag -> tag.value().getBytes(UTF_8)).toList();
        int length = names.stream().mapToInt(name -> Short.BYTES + name.length).sum();
        var out = ByteBuffer.allocate(1 + 2 * Long.BYTES + length);
        out.put(FORMAT).putLong(stamp.packed()).putLong(hardExpiry.toEpochMilli());
        names.forEach(name -> out.putShort((short) name.length).put(name));
        return out.array();
    }

    static IndexRow decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException("index row of unknown format " + format);
        }
        var stamp = new Stamp(in.getLong());
        var hardExpiry = Instant.ofEpochMilli(in.getLong());
        var tags = new TreeSet<Tag>();
        while (in.hasRemaining()) {
            var name = new byte[in.getShort()];
            in.get(name);
            tags.add(new Tag(new String(name, UTF_8)));
        }
        return new IndexRow(stamp, hardExpiry, tags);
    }
}
