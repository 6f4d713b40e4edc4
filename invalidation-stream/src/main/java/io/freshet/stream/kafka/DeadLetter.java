package io.freshet.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record of the inbox that was set aside: as it came, with headers that say why and where from.
 *
 * <p>With those headers a record may become larger than Kafka takes. One that could is cut: its
 * beginning is kept, and {@code cut-from} tells its length.
 */
final class DeadLetter {

    /** Well below the 1 MiB that producers and brokers allow a batch by default. */
    private static final int LONGEST = 900_000;

    private static final int KEPT = 64 * 1024;

    private DeadLetter() {}

    static Record<byte[], Object> of(
            Record<byte[], byte[]> record, RecordMetadata from, String reason, String message) {
        boolean whole = sizeOf(record) <= LONGEST;
        Headers headers = whole ? new RecordHeaders(record.headers()) : new RecordHeaders();
        put(headers, "reason", reason);
        put(headers, "message", message);
        put(headers, "source-topic", from.topic());
        put(headers, "source-partition", Integer.toString(from.partition()));
        put(headers, "source-offset", Long.toString(from.offset()));
        if (!whole) {
            put(headers, "cut-from", Integer.toString(lengthOf(record.value())));
        }
        return record.withKey(whole ? record.key() : cut(record.key()))
                .<Object>withValue(whole ? record.value() : cut(record.value()))
                .withHeaders(headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static long sizeOf(Record<byte[], byte[]> record) {
        long size = (long) lengthOf(record.key()) + lengthOf(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() * 3L + lengthOf(header.value());
        }
        return size;
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @SuppressWarnings("NullAway") // Kafka takes null for no key and no value
    private static byte[] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= KEPT ? bytes : Arrays.copyOf(bytes, KEPT);
    }
}
