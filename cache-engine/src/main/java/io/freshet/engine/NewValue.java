package io.freshet.engine;

import io.freshet.contracts.id.Tag;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that a caller brings.
 *
 * @param ttl null for the namespace's default
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewValue(byte[] bytes, String contentType, @Nullable Duration ttl, Set<Tag> tags) {

    public NewValue {
        tags = Set.copyOf(tags);
    }
}
