package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.Set;

/**
 * An entry that is about to be written to Redis; acknowledged before the write, so that no purge
 * can miss it.
 *
 * @param stamp at or below the stamp that the entry will carry
 * @param hardExpiry after which Redis holds it no more
 */
public record Registration(
        Namespace namespace, EntryKey key, Stamp stamp, Set<Tag> tags, Instant hardExpiry) {

    public Registration {
        tags = Set.copyOf(tags);
    }
}
