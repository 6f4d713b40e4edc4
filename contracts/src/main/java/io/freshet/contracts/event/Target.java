package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.List;
import java.util.Set;

/** What an invalidation is about: entries by their keys, or a scope that entries fall under. */
public sealed interface Target {

    Namespace namespace();

    /** One entry. */
    record OfKey(Namespace namespace, EntryKey key) implements Target {}

    /**
     * Several entries. In the log all of them are of its partition.
     *
     * @param keys at least one
     */
    record OfKeys(Namespace namespace, List<EntryKey> keys) implements Target {

        public OfKeys {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("keys must not be empty");
            }
        }

        @Override
        public List<Target> each() {
            return keys.stream().<Target>map(key -> new OfKey(namespace, key)).toList();
        }
    }

    /** Every entry that carries the tag. */
    record OfTag(Namespace namespace, Tag tag) implements Target {}

    /** Every entry whose key matches. */
    record OfPattern(Namespace namespace, KeyPattern pattern) implements Target {}

    /** Every entry of the namespace. */
    record OfNamespace(Namespace namespace) implements Target {}

    /** Whether it is about many entries, so that every log partition must know of it. */
    default boolean isScope() {
        return switch (this) {
            case OfKey _, OfKeys _ -> false;
            case OfTag _, OfPattern _, OfNamespace _ -> true;
        };
    }

    /**
     * Whether an entry of its namespace falls under it.
     *
     * @param tags that the entry carries
     */
    default boolean covers(EntryKey key, Set<Tag> tags) {
        return switch (this) {
            case OfKey(_, var only) -> only.equals(key);
            case OfKeys(_, var keys) -> keys.contains(key);
            case OfTag(_, var tag) -> tags.contains(tag);
            case OfPattern(_, var pattern) -> pattern.matches(key);
            case OfNamespace _ -> true;
        };
    }

    /** The same, one by one: no element is about several keys. */
    default List<Target> each() {
        return List.of(this);
    }
}
