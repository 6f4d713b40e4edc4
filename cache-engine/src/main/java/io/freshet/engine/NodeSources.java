package io.freshet.engine;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.source.Sources;
import java.util.Optional;
import java.util.function.Supplier;

/** The sources of namespaces, asked with what this node knows that they must have seen. */
record NodeSources(Sources sources, SeenCommits commits, LogView view) {

    Optional<Source> of(NamespaceConfig namespace) {
        return sources.of(namespace, this::needed);
    }

    Optional<SourceWriter> writerOf(NamespaceConfig namespace) {
        return sources.writerOf(namespace, this::needed);
    }

    private Lsn needed(Namespace namespace, EntryKey key, Supplier<Lsn> primaryEnd) {
        return commits.needed(view.partitionOf(namespace, key), primaryEnd);
    }
}
