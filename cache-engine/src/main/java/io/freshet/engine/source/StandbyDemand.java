package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.function.Supplier;

/** How far a standby must have replayed before it may answer for a key. Thread-safe. */
@FunctionalInterface
public interface StandbyDemand {

    /** All that the primary has written. */
    StandbyDemand STRICTEST = (_, _, primaryEnd) -> primaryEnd.get();

    /**
     * Says it for a load that begins now, whose stamp was noted before.
     *
     * @param primaryEnd asks the primary how far its log is written; blocks, and throws {@link
     *     SourceException}
     */
    Lsn of(Namespace namespace, EntryKey key, Supplier<Lsn> primaryEnd);
}
