package io.freshet.warmer.job;

import io.freshet.contracts.id.Namespace;
import java.util.Collection;
import java.util.Set;

/**
 * What of the installation falls to this worker: the partitions of {@code freshet.warm-jobs} that
 * its group has given it, and with them a share of the budget, and the namespaces whose triggers it
 * watches. Every partition has one owner at a time. Thread-safe.
 */
public final class Ownership {

    private final int partitions;
    private final LoadPacer pacer;
    private volatile Set<Integer> mine = Set.of();

    /**
     * @param partitions of the topic
     * @param pacer is told the worker's share
     */
    public Ownership(int partitions, LoadPacer pacer) {
        this.partitions = partitions;
        this.pacer = pacer;
    }

    /** Takes what the group says. */
    public synchronized void owns(Collection<Integer> owned) {
        mine = Set.copyOf(owned);
        pacer.share(mine.size(), partitions);
    }

    public boolean isEmpty() {
        return mine.isEmpty();
    }

    public boolean has(int partition) {
        return mine.contains(partition);
    }

    /** Whether this worker watches over a namespace. */
    public boolean has(Namespace namespace) {
        return has(Math.floorMod(namespace.value().hashCode(), partitions));
    }

    /** How many partitions it has. */
    public int size() {
        return mine.size();
    }
}
