package io.freshet.engine;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Found;
import io.freshet.engine.structure.Lifetime;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.Structures;
import java.util.concurrent.CompletionStage;

/**
 * Structures whose namespaces are known from now on, and whose reads count as uses, but for probes.
 */
record NotedStructures(Structures structures, KnownNamespaces known, Touches touches)
        implements Structures {

    @Override
    public CompletionStage<Changed> change(
            NamespaceConfig namespace, EntryKey key, Change change, Lifetime lifetime) {
        known.note(namespace);
        return structures.change(namespace, key, change, lifetime);
    }

    @Override
    public CompletionStage<Found> ask(
            NamespaceConfig namespace, EntryKey key, Question question, ReadOptions options) {
        known.note(namespace);
        return structures
                .ask(namespace, key, question, options)
                .thenApply(found -> {
                    if (found instanceof Found.Part && !options.probe()) {
                        touches.read(namespace, key);
                    }
                    return found;
                });
    }
}
