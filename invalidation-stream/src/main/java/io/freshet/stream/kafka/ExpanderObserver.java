package io.freshet.stream.kafka;

import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.RowImages;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Is told what the expander does. Called on stream threads. */
public interface ExpanderObserver {

    /**
     * A partition of the log is expanded here from now on.
     *
     * @param reached the position in the log; asked by any thread
     * @param hasWork whether there is fanning out to do; asked on the stream's thread only
     */
    void opened(int partition, Supplier<Stamp> reached, BooleanSupplier hasWork);

    /** It is not any more. */
    void closed(int partition);

    /** A scope invalidation has handed out all its keys of one partition. */
    void fannedOut(long keys, Duration took);

    /** A record brought a row that is not written. */
    void rowRefused(RowImages.Reason reason);
}
