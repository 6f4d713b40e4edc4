package io.freshet.infra.bench.eviction;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;

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
        byte[] name = ("k" + key).getBytes(StandardCharsets.US_ASCII);
        if (connection.sync().get(name) != null) {
            return true;
        }
        connection.sync().set(name, value);
        return false;
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
        return connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line, 12, line.length(), 10))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
