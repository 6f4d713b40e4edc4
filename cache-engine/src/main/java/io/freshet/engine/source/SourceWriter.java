package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import java.util.concurrent.CompletionStage;

/** Writes to where the values of a namespace come from. Thread-safe; never blocks its caller. */
public interface SourceWriter {

    /**
     * Writes a value.
     *
     * @param json the value, a JSON text
     * @return fails with {@link SourceException} when the source cannot be written, or not in time;
     *     then it may have been
     */
    CompletionStage<WriteOutcome> put(EntryKey key, byte[] json);

    /** Whether keys can be deleted. */
    boolean deletes();

    /** Deletes a key; as {@link #put}. */
    CompletionStage<WriteOutcome> delete(EntryKey key);
}
