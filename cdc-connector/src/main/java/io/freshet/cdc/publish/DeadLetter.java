package io.freshet.cdc.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Bytes that were meant to be an event and are none: as they came, with headers that say why and
 * where from. Of long ones the beginning is kept; {@code cut-from} tells their length.
 */
public final class DeadLetter {

    private static final int KEPT = 64 * 1024;

    private final byte[] content;
    private final Map<String, String> headers;

    /**
     * @param reason stable code
     * @param message for people
     * @param origin more headers, which say where it came from
     */
    public DeadLetter(String reason, String message, byte[] content, Map<String, String> origin) {
        this.headers = new LinkedHashMap<>();
        headers.put("reason", reason);
        headers.put("message", message);
        headers.putAll(origin);
        if (content.length > KEPT) {
            headers.put("cut-from", Integer.toString(content.length));
        }
        this.content = content.length > KEPT ? Arrays.copyOf(content, KEPT) : content.clone();
    }

    /** Stable code of the reason. */
    public String reason() {
        return header("reason");
    }

    public String message() {
        return header("message");
    }

    /** Where it came from and why it is here. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    ProducerRecord<byte[], byte[]> to(String topic) {
        var record = new ProducerRecord<byte[], byte[]>(topic, content);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
