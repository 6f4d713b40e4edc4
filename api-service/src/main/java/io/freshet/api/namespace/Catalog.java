package io.freshet.api.namespace;

import io.freshet.api.metrics.CacheMeters;
import io.freshet.api.metrics.NamespaceMeters;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The namespaces that requests may name, each with its meters. Thread-safe.
 *
 * <p>Remembers names that were found, so that a request for one validates nothing again; there are
 * as many as namespaces.
 */
public final class Catalog {

    /** A namespace that serves requests. */
    public record Served(NamespaceConfig config, NamespaceMeters meters) {

        public Namespace name() {
            return config.name();
        }
    }

    private final Node node;
    private final CacheMeters meters;
    private final Map<String, NamespaceMeters> known = new ConcurrentHashMap<>();

    public Catalog(Node node, CacheMeters meters) {
        this.node = node;
        this.meters = meters;
    }

    /**
     * Finds a namespace by its name, as it came.
     *
     * @throws ProblemException when it is illegal or there is none
     */
    public Served find(String name) {
        NamespaceMeters found = known.get(name);
        if (found != null) {
            return new Served(configOf(found.namespace()), found);
        }
        var namespace = new Namespace(name);
        NamespaceConfig config = configOf(namespace);
        NamespaceMeters bound = meters.of(namespace);
        known.put(name, bound);
        return new Served(config, bound);
    }

    private NamespaceConfig configOf(Namespace namespace) {
        Optional<NamespaceConfig> config = node.running().namespaces().find(namespace);
        return config.orElseThrow(() ->
                new ProblemException(
                        ProblemCode.NAMESPACE_NOT_FOUND,
                        "there is no namespace '" + namespace + "'"));
    }
}
