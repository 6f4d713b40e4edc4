package io.freshet.infra.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How to start a Redis.
 *
 * @param directory holds its data, created when absent
 * @param port on 127.0.0.1; 0 picks a free one
 * @param persistence what survives a stop
 * @param maxMemoryBytes the memory limit; 0 sets none
 * @param settings redis.conf directives that override the defaults here, except {@code
 *     maxmemory-policy}: the platform evicts, Redis must not
 * @param startTimeout after which a start counts as failed
 */
public record RedisOptions(
        Path directory,
        int port,
        Persistence persistence,
        long maxMemoryBytes,
        Map<String, String> settings,
        Duration startTimeout) {

    /** What a Redis finds again after it was stopped or killed. */
    public enum Persistence {
        /** Nothing. */
        NONE,
        /** Everything but up to a second of writes (append-only file, fsync each second). */
        EVERY_SECOND,
        /** Every acknowledged write (append-only file, fsync before each reply). */
        ALWAYS
    }

    public RedisOptions {
        directory = directory.toAbsolutePath().normalize();
        Ports.requireValid(port);
        settings = Map.copyOf(settings);
        if (settings.containsKey("maxmemory-policy")) {
            throw new IllegalArgumentException("maxmemory-policy is always noeviction");
        }
        if (maxMemoryBytes < 0) {
            throw new IllegalArgumentException("maxMemoryBytes is negative: " + maxMemoryBytes);
        }
    }

    /** The defaults: a free port, nothing persisted, no memory limit. */
    public static RedisOptions in(Path directory) {
        return new RedisOptions(
                directory, 0, Persistence.NONE, 0, Map.of(), Duration.ofSeconds(30));
    }

    public RedisOptions port(int port) {
        return new RedisOptions(
                directory, port, persistence, maxMemoryBytes, settings, startTimeout);
    }

    public RedisOptions persistence(Persistence persistence) {
        return new RedisOptions(
                directory, port, persistence, maxMemoryBytes, settings, startTimeout);
    }

    public RedisOptions maxMemoryBytes(long maxMemoryBytes) {
        return new RedisOptions(
                directory, port, persistence, maxMemoryBytes, settings, startTimeout);
    }

    public RedisOptions settings(Map<String, String> settings) {
        return new RedisOptions(
                directory, port, persistence, maxMemoryBytes, settings, startTimeout);
    }

    public RedisOptions startTimeout(Duration startTimeout) {
        return new RedisOptions(
                directory, port, persistence, maxMemoryBytes, settings, startTimeout);
    }
}
