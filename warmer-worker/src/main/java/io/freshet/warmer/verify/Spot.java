package io.freshet.warmer.verify;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.Set;

/**
 * A key that is looked at.
 *
 * @param tags that its entry, or its row, was seen to carry
 */
public record Spot(Namespace namespace, EntryKey key, Set<Tag> tags) {

    public Spot {
        tags = Set.copyOf(tags);
    }

    public Spot(Namespace namespace, EntryKey key) {
        this(namespace, key, Set.of());
    }

    public Spot withTags(Set<Tag> other) {
        return new Spot(namespace, key, other);
    }

    /** Whether an invalidation of the target is one of this key. */
    public boolean isUnder(Target target) {
        return target.namespace().equals(namespace) && target.covers(key, tags);
    }
}
