package io.freshet.engine.structure;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.store.StoredEntry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The structures in the tier that all nodes share.
 *
 * <p>Every method is one atomic step in the key's bucket, does not block, and fails with {@link
 * io.freshet.engine.store.StoreUnavailableException} when the store cannot be reached. Thread-safe.
 */
public interface StructureStore {

    /** What is there, with what it takes to judge it. */
    CompletionStage<Sight> look(Namespace namespace, EntryKey key, Question question);

    /** Changes a structure, if it is as it was judged. */
    CompletionStage<Applied> change(
            Namespace namespace, EntryKey key, Change change, Attempt attempt);

    /**
     * A structure, its sidecar and the marker of its bucket, read together.
     *
     * @param elements as in {@link Found.Part}; empty when the sidecar is of another kind
     */
    record Sight(
            StoredEntry sidecar,
            long length,
            @Nullable Long next,
            List<byte @Nullable []> elements) {}
}
