package io.freshet.warmer.trigger;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.LogFollower;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.warmer.job.Loads;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.HotKeys;
import io.freshet.warmer.worth.HoldOut;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads hot keys again as soon as they were invalidated, by whatever named them: the evictions say
 * which keys a tag or a pattern meant.
 *
 * <p>A key is loaded once this node has the invalidation in force: before that it would find the
 * old entry, and believe it. At most 10,000 keys wait; more of one moment are not loaded, and come
 * by their next read. Thread-safe; one thread loads.
 */
public final class HotReloads implements LogFollower {

    private static final Logger log = LoggerFactory.getLogger(HotReloads.class);
    private static final int MOST = 10_000;

    private record Wanted(Namespace namespace, EntryKey key) {}

    private record Invalidated(int partition, Stamp at) {}

    private final Namespaces namespaces;
    private final Ownership ownership;
    private final HotKeys hot;
    private final Loads loads;
    private final WarmerMetrics metrics;
    private final AtomicLongArray reached;
    private final Map<Wanted, Invalidated> waiting = new LinkedHashMap<>();

    /**
     * @param partitions of the log
     */
    public HotReloads(
            Namespaces namespaces,
            Ownership ownership,
            HotKeys hot,
            Loads loads,
            WarmerMetrics metrics,
            int partitions) {
        this.namespaces = namespaces;
        this.ownership = ownership;
        this.hot = hot;
        this.loads = loads;
        this.metrics = metrics;
        this.reached = new AtomicLongArray(partitions);
    }

    /** Takes an eviction of a partition of the log. */
    public void evicted(int partition, Eviction eviction) {
        if (eviction instanceof Eviction.Keys(var namespace, var keys, _, var position, _)
                && ownership.has(namespace)) {
            namespaces
                    .find(namespace)
                    .filter(of -> of.source() != null && of.warming().afterInvalidation() > 0)
                    .ifPresent(of ->
                            keys.forEach(
                                    key -> want(of, key, new Invalidated(partition, position))));
        }
    }

    private void want(NamespaceConfig namespace, EntryKey key, Invalidated invalidated) {
        if (hot.contains(namespace.name(), key, namespace.warming().afterInvalidation())
                && !HoldOut.of(namespace).holds(key)) {
            synchronized (waiting) {
                if (waiting.size() < MOST) {
                    waiting.put(new Wanted(namespace.name(), key), invalidated);
                    waiting.notifyAll();
                }
            }
        }
    }

    @Override
    public void reached(int partition, Stamp position) {
        reached.accumulateAndGet(partition, position.packed(), Math::max);
        synchronized (waiting) {
            if (!waiting.isEmpty()) {
                waiting.notifyAll();
            }
        }
    }

    @Override
    public void inForce(int partition, Stamp position, LogRecord record) {
        reached(partition, position);
    }

    @Override
    public void lost(int partition, Stamp position) {
        reached(partition, position);
    }

    /** Loads what is wanted, until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            load(next());
        }
    }

    private Wanted next() throws InterruptedException {
        synchronized (waiting) {
            while (true) {
                Optional<Wanted> ready =
                        waiting.entrySet().stream()
                                .filter(entry -> isInForce(entry.getValue()))
                                .map(Map.Entry::getKey)
                                .findFirst();
                if (ready.isPresent()) {
                    waiting.remove(ready.get());
                    return ready.get();
                }
                waiting.wait();
            }
        }
    }

    private boolean isInForce(Invalidated invalidated) {
        return reached.get(invalidated.partition()) >= invalidated.at().packed();
    }

    private void load(Wanted wanted) throws InterruptedException {
        Optional<NamespaceConfig> namespace = namespaces.find(wanted.namespace());
        if (namespace.isEmpty()) {
            return;
        }
        metrics.reloading(wanted.namespace());
        var _ =
                loads.load(namespace.get(), wanted.key())
                        .exceptionally(failure -> {
                            log.atDebug()
                                    .addKeyValue("namespace", wanted.namespace())
                                    .setCause(failure)
                                    .log("a hot key was not loaded again");
                            return null;
                        });
    }
}
