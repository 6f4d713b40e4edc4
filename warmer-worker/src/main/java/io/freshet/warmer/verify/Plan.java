package io.freshet.warmer.verify;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.WritePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How much is verified.
 *
 * @param rate samples a second, of each origin
 * @param after when each sample is checked, ascending
 * @param exclude namespaces that are left alone
 */
public record Plan(double rate, List<Duration> after, Set<Namespace> exclude) {

    /** What a request takes, beside the window of a namespace. */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    public Plan {
        after = List.copyOf(after);
        exclude = Set.copyOf(exclude);
    }

    /** Between two samples of an origin. */
    Duration interval() {
        return Duration.ofNanos(Math.round(1e9 / rate));
    }

    /** By how much a namespace lets an answer be outdated. */
    static Duration allowed(NamespaceConfig namespace) {
        return namespace.maxStaleness().plus(TOLERANCE);
    }

    /**
     * Whether what is cached can be held against a source at all: not where writes are ahead of the
     * source, or where callers put values that nothing vouches for.
     */
    boolean isVerifiable(NamespaceConfig namespace) {
        return namespace.source() != null
                && namespace.writePolicy() != WritePolicy.WRITE_BEHIND
                && !namespace.putWithoutToken()
                && !exclude.contains(namespace.name());
    }
}
