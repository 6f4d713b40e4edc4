package io.freshet.api.node;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Cache;
import io.freshet.engine.namespace.NamespaceChange;
import io.freshet.engine.source.Sources;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invalidates what a namespace holds when it is removed, or when its values come from elsewhere
 * now.
 *
 * <p>Every node does so, after it has switched itself: what it loaded the old way before is older
 * than its own invalidation.
 */
final class OutdatedEntries implements Consumer<NamespaceChange> {

    private static final Logger log = LoggerFactory.getLogger(OutdatedEntries.class);

    private final Cache cache;
    private final Sources sources;
    private final String node;

    OutdatedEntries(Cache cache, Sources sources, String node) {
        this.cache = cache;
        this.sources = sources;
        this.node = node;
    }

    @Override
    public void accept(NamespaceChange change) {
        switch (change) {
            case NamespaceChange.Added _ -> {}
            case NamespaceChange.Changed(var before, var now) -> {
                if (!Objects.equals(before.source(), now.source())) {
                    invalidate(now.name(), "its source was changed");
                }
            }
            case NamespaceChange.Removed(var before) -> {
                sources.forget(before.name());
                invalidate(before.name(), "it was removed");
            }
        }
    }

    private void invalidate(Namespace namespace, String reason) {
        cache.invalidate(
                        new Target.OfNamespace(namespace),
                        Mode.HARD,
                        Cause.of(Cause.Kind.REST, node, reason))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        log.atError()
                                .addKeyValue("namespace", namespace)
                                .addKeyValue("reason", reason)
                                .setCause(failure)
                                .log("A namespace could not be invalidated: invalidate it by hand");
                    }
                });
    }
}
