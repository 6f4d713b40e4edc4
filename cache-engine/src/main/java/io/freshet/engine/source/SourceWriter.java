package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes to where the values of a namespace come from. Thread-safe; never blocks its caller. */
public interface SourceWriter {

    /**
     * Writes a value.
     *
     * @param json the value, a JSON text
     * @param fence null for a write that is not out of the log of writes
     * @return fails with {@link SourceException} when the source cannot be written, or not in time;
     *     then it may have been
     */
    CompletionStage<WriteOutcome> put(EntryKey key, byte[] json, @Nullable WriteFence fence);

    /** Whether keys can be deleted. */
    boolean deletes();

    /** Deletes a key; as {@link #put}. */
    CompletionStage<WriteOutcome> delete(EntryKey key, @Nullable WriteFence fence);
}
