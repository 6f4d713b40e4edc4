package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import java.util.concurrent.CompletionStage;

/** Where the values of a namespace come from. Thread-safe; never blocks its caller. */
public interface Source {

    /**
     * Reads one key. The read begins after the call, never before.
     *
     * @return fails with {@link SourceException} when the source cannot be read, or not in time
     */
    CompletionStage<Loaded> load(EntryKey key);
}
