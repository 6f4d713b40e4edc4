package io.freshet.stream.applier;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.KeyEviction;
import java.util.ArrayList;
import java.util.List;

/** What the records of a round ask of one bucket. */
final class Share {

    private final List<KeyEviction> evictions = new ArrayList<>();
    private Stamp barrier = Stamp.ZERO;

    void evict(KeyEviction eviction) {
        evictions.add(eviction);
    }

    void distrustBelow(Stamp stamp) {
        barrier = Stamp.max(barrier, stamp);
    }

    /** In the order of the records. */
    List<KeyEviction> evictions() {
        return evictions;
    }

    Stamp barrier() {
        return barrier;
    }
}
