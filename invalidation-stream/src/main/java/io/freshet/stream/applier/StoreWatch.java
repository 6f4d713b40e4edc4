package io.freshet.stream.applier;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices that other servers hold the store than before: a restart or a failover. What they have
 * lost, if anything, their markers say. For one thread, which waits for the store.
 */
public final class StoreWatch {

    private final EvictionTarget target;
    private final ApplierObserver observer;
    private @Nullable Set<String> known;

    public StoreWatch(EvictionTarget target, ApplierObserver observer) {
        this.target = target;
        this.observer = observer;
    }

    /** Looks once. */
    public void look() {
        Answers.eachOf(List.of(target), EvictionTarget::servers, _ -> 1, (_, found) -> take(found));
    }

    private void take(Set<String> found) {
        Set<String> before = known;
        if (before != null && !before.equals(found)) {
            observer.serversChanged(before, found);
        }
        known = found;
    }
}
