package io.freshet.stream.kafka;

import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.RowImages;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Which partitions have fanning out to do. Asked by the one thread of the expander's stream. */
public final class OutstandingWork implements ExpanderObserver {

    private final ExpanderObserver next;
    private final Map<Integer, BooleanSupplier> partitions = new ConcurrentHashMap<>();

    /**
     * Of no partition yet.
     *
     * @param next is told as well, of everything
     */
    public OutstandingWork(ExpanderObserver next) {
        this.next = next;
    }

    /** Whether any partition has. */
    public boolean isAny() {
        for (BooleanSupplier outstanding : partitions.values()) {
            if (outstanding.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void opened(int partition, Supplier<Stamp> reached, BooleanSupplier hasWork) {
        partitions.put(partition, hasWork);
        next.opened(partition, reached, hasWork);
    }

    @Override
    public void closed(int partition) {
        partitions.remove(partition);
        next.closed(partition);
    }

    @Override
    public void fannedOut(long keys, Duration took) {
        next.fannedOut(keys, took);
    }

    @Override
    public void rowRefused(RowImages.Reason reason) {
        next.rowRefused(reason);
    }
}
