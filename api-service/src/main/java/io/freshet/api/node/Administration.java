package io.freshet.api.node;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.namespace.NamespaceCatalog;
import io.freshet.engine.namespace.NamespaceCatalog.Expectation;
import io.freshet.engine.namespace.NamespaceCatalog.Outcome;
import io.freshet.engine.namespace.NamespaceChanges;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Sources;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The catalog of namespaces for those who change it through this node, which follows at once.
 *
 * <p>Blocks on JDBC; thread-safe.
 */
public final class Administration {

    private final DataSource database;
    private final NamespaceCatalog catalog;
    private final NamespaceChanges changes;
    private final JdbcNamespaces namespaces;
    private final Sources sources;

    Administration(DataSource dataSource, JdbcNamespaces namespaces, Sources sources) {
        this.database = dataSource;
        this.catalog = new NamespaceCatalog(dataSource);
        this.changes = new NamespaceChanges(dataSource);
        this.namespaces = namespaces;
        this.sources = sources;
    }

    /**
     * Makes a namespace be as given.
     *
     * @throws io.freshet.engine.source.InvalidSourceException when its source, or one of its
     *     queries for keys, cannot work
     * @throws io.freshet.engine.source.SourceException when that cannot be found out
     */
    public Outcome put(NamespaceConfig config, Expectation expectation, String changedBy)
            throws SQLException {
        sources.validate(config);
        Outcome outcome = catalog.put(config, expectation, changedBy);
        namespaces.refresh();
        return outcome;
    }

    public Outcome remove(Namespace name, Expectation expectation, String changedBy)
            throws SQLException {
        Outcome outcome = catalog.remove(name, expectation, changedBy);
        namespaces.refresh();
        return outcome;
    }

    /** The database of the catalog, with all that Freshet keeps there. */
    public DataSource database() {
        return database;
    }

    /** As of {@link NamespaceChanges#of}. */
    public List<NamespaceChanges.Recorded> changes(Namespace name, long before, int limit)
            throws SQLException {
        return changes.of(name, before, limit);
    }
}
