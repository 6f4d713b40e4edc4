package io.freshet.api.node;

import io.freshet.engine.EngineOptions;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.resilience.GuardOptions;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.engine.source.http.HttpOptions;
import io.freshet.engine.write.WriteOptions;
import java.util.List;

/**
 * What a node is started with.
 *
 * @param engine names the primary source, among others
 * @param database holds the catalog, and is the primary source
 * @param sourceGuards of every source, each its own
 * @param http where HTTP sources may point
 * @param writes how writes are brought to sources after they were answered
 * @param declared namespaces that must be as they are given here
 */
public record NodeOptions(
        EngineOptions engine,
        SqlDatabaseOptions database,
        GuardOptions sourceGuards,
        HttpOptions http,
        WriteOptions writes,
        List<NamespaceConfig> declared) {

    public NodeOptions {
        declared = List.copyOf(declared);
    }
}
