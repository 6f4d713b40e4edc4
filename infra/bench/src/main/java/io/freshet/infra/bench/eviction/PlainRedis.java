package io.freshet.infra.bench.eviction;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A Redis by itself: its own eviction, and what it says of its memory. */
final class PlainRedis implements ReplayedCache, AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final byte[] value;

    PlainRedis(String uri, int valueBytes) {
        client = RedisClient.create(uri);
        connection = client.connect(ByteArrayCodec.INSTANCE);
        value = new byte[valueBytes];
    }

    @Override
    public boolean access(int key) {
        if (connection.sync().get(name(key)) != null) {
            return true;
        }
        connection.sync().set(name(key), value);
        return false;
    }

    CompletableFuture<?> store(int key) {
        return connection.async().set(name(key), value).toCompletableFuture();
    }

    private static byte[] name(int key) {
        return ("k" + key).getBytes(StandardCharsets.US_ASCII);
    }

    /** Empties it, and has it hold so much more than nothing, by a policy. */
    void limit(long bytes, String policy) {
        empty();
        connection.sync().configSet("maxmemory-policy", policy);
        connection.sync().configSet("maxmemory", Long.toString(usedMemory() + bytes));
    }

    /** Empties it, without any limit. */
    void empty() {
        connection.sync().configSet("maxmemory", "0");
        connection.sync().configSet("maxmemory-policy", "noeviction");
        connection.sync().flushall();
    }

    long usedMemory() {
        return (long) figure("memory", "used_memory:");
    }

    /** Processor time that it has used since it was started. */
    double usedMicros() {
        return 1e6 * (figure("cpu", "used_cpu_user:") + figure("cpu", "used_cpu_sys:"));
    }

    private double figure(String section, String field) {
        return connection
                .sync()
                .info(section)
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.substring(field.length()).strip()))
                .sum();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
