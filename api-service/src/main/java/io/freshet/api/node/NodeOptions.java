package io.freshet.api.node;

import io.freshet.engine.EngineOptions;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.SqlDatabaseOptions;
import java.util.List;

/**
 * What a node is started with.
 *
 * @param engine names the primary source, among others
 * @param database holds the catalog, and is the primary source
 * @param declared namespaces that must be as they are given here
 */
public record NodeOptions(
        EngineOptions engine, SqlDatabaseOptions database, List<NamespaceConfig> declared) {

    public NodeOptions {
        declared = List.copyOf(declared);
    }
}
