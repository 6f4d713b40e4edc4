package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.lock.LockName;
import java.util.regex.Pattern;

/**
 * Names of keys in Redis: {@code cache:{users.17}:user_123} for an entry, {@code mark:{users.17}}
 * for the marker of its bucket.
 *
 * @param prefix begins every name, so that installations can share a Redis; may be empty
 */
public record RedisKeys(Partitioning partitioning, String prefix) {

    private static final Pattern LEGAL_PREFIX = Pattern.compile("[A-Za-z0-9._:-]{0,64}");

    public RedisKeys {
        if (!LEGAL_PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "freshet.redis.prefix is up to 64 letters, digits, '.', '_', ':' or '-', not "
                            + prefix);
        }
    }

    public int bucketOf(Namespace namespace, EntryKey key) {
        return partitioning.bucketOf(namespace, key);
    }

    byte[] entry(Namespace namespace, EntryKey key) {
        return entry(namespace, bucketOf(namespace, key), key);
    }

    byte[] entry(Namespace namespace, int bucket, EntryKey key) {
        return (prefix + "cache:{" + namespace.value() + "." + bucket + "}:" + key.value())
                .getBytes(UTF_8);
    }

    /** In the slot of the entry, which is its sidecar. */
    byte[] structure(Namespace namespace, int bucket, EntryKey key) {
        return (prefix + "data:{" + namespace.value() + "." + bucket + "}:" + key.value())
                .getBytes(UTF_8);
    }

    /** In the slot of the entry. */
    byte[] lease(Namespace namespace, int bucket, EntryKey key) {
        return (prefix + "lease:{" + namespace.value() + "." + bucket + "}:" + key.value())
                .getBytes(UTF_8);
    }

    byte[] lock(LockName name) {
        return (prefix + "lock:{" + name.value() + "}").getBytes(UTF_8);
    }

    byte[] canary(int number) {
        return (prefix + "canary:{warm." + number + "}").getBytes(UTF_8);
    }

    byte[] marker(Namespace namespace, int bucket) {
        return (prefix + "mark:{" + namespace.value() + "." + bucket + "}").getBytes(UTF_8);
    }
}
