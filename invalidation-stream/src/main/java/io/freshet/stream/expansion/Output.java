package io.freshet.stream.expansion;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.ScopeRecord;
import java.time.Duration;

/** Where an expansion's results go, in the order in which they are given. */
public interface Output {

    void evict(Eviction eviction);

    void scope(ScopeRecord scope);

    /** How far a scope invalidation is. */
    void progress(FanOutProgress progress);

    /** A scope invalidation has handed out all its keys; for metrics. */
    void fannedOut(long keys, Duration took);

    /** A record brought a row that is not written; for metrics. */
    void rowRefused(RowImages.Reason reason);
}
