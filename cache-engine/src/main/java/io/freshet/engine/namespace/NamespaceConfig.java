package io.freshet.engine.namespace;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one namespace behaves.
 *
 * @param defaultTtl of entries that state none; also of what is read through
 * @param ttlJitter by how many percent a TTL is shortened at the most; the same for a key each time
 * @param window the consistency window
 * @param writePolicy what a PUT does where there is a source
 * @param putWithoutToken whether a PUT needs no miss token although there is a source
 * @param source null when callers bring the values
 * @param classes the first that holds a key decides what it says of it
 * @param warming what is loaded before it is asked for
 */
public record NamespaceConfig(
        Namespace name,
        Duration defaultTtl,
        int ttlJitter,
        ConsistencyWindow window,
        Bounds bounds,
        Refresh refresh,
        WritePolicy writePolicy,
        boolean putWithoutToken,
        @Nullable SourceConfig source,
        List<EntryClass> classes,
        Warming warming) {

    public static final Duration DEFAULT_TTL = Duration.ofHours(1);

    public NamespaceConfig {
        classes = List.copyOf(classes);
        if (defaultTtl.isNegative() || defaultTtl.isZero()) {
            throw new IllegalArgumentException("default-ttl must be positive");
        }
        if (ttlJitter < 0 || ttlJitter > 50) {
            throw new IllegalArgumentException("ttl-jitter must be 0 to 50 percent");
        }
        if (writePolicy != WritePolicy.CACHE_ASIDE
                && !(source instanceof SqlSourceConfig sql && sql.upsert() != null)) {
            throw new IllegalArgumentException(
                    "writes other than cache-aside need a SQL source with an upsert");
        }
        if (!warming.queries().isEmpty() && !(source instanceof SqlSourceConfig)) {
            throw new IllegalArgumentException("warm.queries need a SQL source");
        }
        if (classes.stream().map(EntryClass::name).distinct().count() < classes.size()) {
            throw new IllegalArgumentException("classes must have different names");
        }
    }

    /** One of which everything but the name is as it is by default. */
    public static NamespaceConfig of(Namespace name) {
        return builder(name).build();
    }

    public static Builder builder(Namespace name) {
        return new Builder(name);
    }

    public Duration maxStaleness() {
        return window.maxStaleness();
    }

    public StalePolicy onStale() {
        return window.onStale();
    }

    public long maxValueBytes() {
        return bounds.maxValueBytes();
    }

    /** How long an entry under the key lives when nobody says otherwise. */
    public Duration ttlOf(EntryKey key) {
        return classOf(key).map(EntryClass::ttl).orElse(defaultTtl);
    }

    public EvictionPolicy policyOf(EntryKey key) {
        return classOf(key).map(EntryClass::policy).orElse(bounds.policy());
    }

    public Refresh refreshOf(EntryKey key) {
        return classOf(key).map(EntryClass::refresh).orElse(refresh);
    }

    public Optional<EntryClass> classOf(EntryKey key) {
        for (EntryClass candidate : classes) {
            if (candidate.holds(key)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * The database by whose heartbeats its consistency window is measured.
     *
     * @param otherwise that of namespaces without a SQL source
     */
    public String measuredBy(String otherwise) {
        return source instanceof SqlSourceConfig sql ? sql.database() : otherwise;
    }

    /** A configuration in the making; what is not said is as it is by default. */
    public static final class Builder {

        private final Namespace name;
        private final List<EntryClass> classes = new ArrayList<>();
        private Duration defaultTtl = DEFAULT_TTL;
        private int ttlJitter;
        private ConsistencyWindow window = ConsistencyWindow.DEFAULT;
        private Bounds bounds = Bounds.DEFAULT;
        private Refresh refresh = Refresh.DEFAULT;
        private WritePolicy writePolicy = WritePolicy.CACHE_ASIDE;
        private boolean putWithoutToken;
        private @Nullable SourceConfig source;
        private Warming warming = Warming.DEFAULT;

        private Builder(Namespace name) {
            this.name = name;
        }

        public Builder defaultTtl(Duration ttl) {
            defaultTtl = ttl;
            return this;
        }

        public Builder ttlJitter(int percent) {
            ttlJitter = percent;
            return this;
        }

        public Builder window(Duration maxStaleness, StalePolicy onStale) {
            window = new ConsistencyWindow(maxStaleness, onStale);
            return this;
        }

        public Builder bounds(Bounds within) {
            bounds = within;
            return this;
        }

        public Builder refresh(Refresh when) {
            refresh = when;
            return this;
        }

        public Builder writePolicy(WritePolicy policy) {
            writePolicy = policy;
            return this;
        }

        public Builder putWithoutToken(boolean isAllowed) {
            putWithoutToken = isAllowed;
            return this;
        }

        public Builder source(@Nullable SourceConfig from) {
            source = from;
            return this;
        }

        public Builder warming(Warming what) {
            warming = what;
            return this;
        }

        public Builder entryClass(EntryClass more) {
            classes.add(more);
            return this;
        }

        public NamespaceConfig build() {
            return new NamespaceConfig(
                    name,
                    defaultTtl,
                    ttlJitter,
                    window,
                    bounds,
                    refresh,
                    writePolicy,
                    putWithoutToken,
                    source,
                    classes,
                    warming);
        }
    }
}
