package io.freshet.engine.namespace;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys of a namespace, which behave in a way of their own: hot keys, sessions, blobs.
 *
 * @param name for people and metrics
 * @param pattern the keys that belong to it
 * @param ttl null for that of the namespace, as are the others
 */
public record EntryClass(
        String name,
        KeyPattern pattern,
        @Nullable Duration ttl,
        @Nullable EvictionPolicy policy,
        @Nullable Refresh refresh) {

    public EntryClass {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "the name of a class is 1 to 100 letters, digits, '.', '_' or '-', not '%s'"
                            .formatted(name));
        }
        if (ttl != null && (ttl.isNegative() || ttl.isZero())) {
            throw new IllegalArgumentException("ttl must be positive");
        }
    }

    boolean holds(EntryKey key) {
        return pattern.matches(key);
    }
}
