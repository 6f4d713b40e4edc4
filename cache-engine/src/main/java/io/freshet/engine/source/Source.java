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

    /**
     * The same values where every commit can be seen at once: for a caller who must see commits
     * that this node has not heard of yet. The same one at each call: its loads are shared.
     */
    default Source ofPrimary() {
        return this;
    }
}
