package io.freshet.stream.expansion;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** On which terms rows are written into a namespace. */
@FunctionalInterface
public interface RowTerms {

    /** As last read, without waiting; null when there is no such namespace, or none was read. */
    @Nullable Terms of(Namespace namespace);

    /**
     * Those of one namespace.
     *
     * @param ttl for which a row stays
     * @param maxBytes of the largest value that it takes
     */
    record Terms(Duration ttl, long maxBytes) {}
}
