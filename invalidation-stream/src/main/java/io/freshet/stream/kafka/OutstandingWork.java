package io.freshet.stream.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Which partitions have fanning out to do. Written and asked by the one thread of the expander's
 * stream.
 */
public final class OutstandingWork {

    private final Map<Integer, BooleanSupplier> partitions = new ConcurrentHashMap<>();

    void opened(int partition, BooleanSupplier outstanding) {
        partitions.put(partition, outstanding);
    }

    void closed(int partition) {
        partitions.remove(partition);
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
}
