package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;

/** What an invalidation is about: one entry, or a scope that entries fall under. */
public sealed interface Target {

    Namespace namespace();

    /** One entry. */
    record OfKey(Namespace namespace, EntryKey key) implements Target {}

    /** Every entry that carries the tag. */
    record OfTag(Namespace namespace, Tag tag) implements Target {}

    /** Every entry whose key matches. */
    record OfPattern(Namespace namespace, KeyPattern pattern) implements Target {}

    /** Every entry of the namespace. */
    record OfNamespace(Namespace namespace) implements Target {}

    /** Whether it is about many entries, so that every log partition must know of it. */
    default boolean isScope() {
        return !(this instanceof OfKey);
    }
}
