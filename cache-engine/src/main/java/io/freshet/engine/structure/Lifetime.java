package io.freshet.engine.structure;

import io.freshet.contracts.id.Tag;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change says beside its operation.
 *
 * @param ttl of the structure from now on; null leaves it as it is, or gives a new one the default
 * @param tags of a structure that begins with the change
 */
public record Lifetime(@Nullable Duration ttl, Set<Tag> tags) {

    /** Nothing in particular. */
    public static final Lifetime USUAL = new Lifetime(null, Set.of());

    public Lifetime {
        tags = Set.copyOf(tags);
    }
}
