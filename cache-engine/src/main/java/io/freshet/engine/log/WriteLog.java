package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;
import java.util.concurrent.CompletionStage;

/** The log of writes that sources are to take. Thread-safe; never blocks. */
public interface WriteLog {

    /**
     * Appends to it.
     *
     * @return done when it is durable; fails when that is not known
     */
    CompletionStage<PlacedWrite> append(SourceWrite write);

    /** Puts a write aside that no source takes; done when that is durable. */
    CompletionStage<Void> giveUp(PlacedWrite write, String reason);
}
