package io.freshet.warmer.job;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.List;

/** Asks a namespace's source which keys there are. Thread-safe. */
@FunctionalInterface
public interface WarmQueries {

    /**
     * The first column of a query's rows; blocks.
     *
     * @throws io.freshet.engine.source.SourceException when the source does not answer
     */
    List<EntryKey> keys(NamespaceConfig namespace, String sql);
}
