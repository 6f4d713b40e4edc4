package io.freshet.engine.structure;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.concurrent.CompletionStage;

/**
 * Lists, sets, hashes and counters as the callers of one node use them, in namespaces without a
 * source. Thread-safe; nothing blocks; expected outcomes are values, and a failed stage is a defect
 * or a lost Kafka.
 */
public interface Structures {

    /** Changes a structure, in one step. */
    CompletionStage<Changed> change(
            NamespaceConfig namespace, EntryKey key, Change change, Lifetime lifetime);

    /**
     * Reads of a structure.
     *
     * @param options those of what must be in force count; a structure is never near, nor loaded
     */
    CompletionStage<Found> ask(
            NamespaceConfig namespace, EntryKey key, Question question, ReadOptions options);
}
