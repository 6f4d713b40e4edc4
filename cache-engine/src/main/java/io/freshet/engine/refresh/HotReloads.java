package io.freshet.engine.refresh;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.log.LogFollower;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Loads hot entries anew as soon as an invalidation that asks for it is in force here.
 *
 * <p>An entry is hot if this node has a copy: somebody asked for it here since it was last loaded
 * for this. What is loaded goes the way of any load, stamped, leased and coalesced, so that of all
 * nodes that find it hot one asks the source. Each partition's record of a tag or pattern speaks
 * for the keys of that partition: of the others it is not in force yet.
 *
 * <p>It never stands in the way: what is more than {@value #MOST_WAITING} keys behind is left to
 * whoever asks for it. Thread-safe.
 */
public final class HotReloads implements LogFollower {

    static final int MOST_WAITING = 10_000;
    static final int AT_ONCE = 8;

    /** Loads a key unless it is there fresh. */
    @FunctionalInterface
    public interface Load {

        CompletionStage<WarmOutcome> of(Namespace namespace, EntryKey key);
    }

    /** Tells the log partition of a key. */
    @FunctionalInterface
    public interface Partitions {

        int of(Namespace namespace, EntryKey key);
    }

    private record Key(Namespace namespace, EntryKey key) {}

    private final HotEntries hot;
    private final Load load;
    private final Partitions partitions;
    private final Executor executor;
    private final MeterRegistry meters;
    private final Set<Key> waiting = new LinkedHashSet<>();
    private int asked;
    private int underWay;

    /**
     * @param executor finds what is hot, and starts loads
     */
    public HotReloads(
            HotEntries hot,
            Load load,
            Partitions partitions,
            Executor executor,
            MeterRegistry meters) {
        this.hot = hot;
        this.load = load;
        this.partitions = partitions;
        this.executor = executor;
        this.meters = meters;
        for (WarmOutcome outcome : WarmOutcome.values()) {
            counter(outcome.name());
        }
        counter("LEFT");
    }

    @Override
    public void inForce(int partition, Stamp position, LogRecord record) {
        if (record.event() instanceof Event.Invalidation invalidation
                && invalidation.refresh()
                && mayAsk()) {
            executor.execute(() -> find(partition, invalidation.target()));
        }
    }

    @Override
    public void reached(int partition, Stamp position) {}

    @Override
    public void lost(int partition, Stamp position) {}

    private synchronized boolean mayAsk() {
        if (asked >= MOST_WAITING) {
            counter("LEFT").increment();
            return false;
        }
        asked++;
        return true;
    }

    private void find(int partition, Target target) {
        for (EntryKey key : hot.of(target)) {
            if (partitions.of(target.namespace(), key) == partition) {
                add(new Key(target.namespace(), key));
            }
        }
        synchronized (this) {
            asked--;
        }
        startNext();
    }

    private synchronized void add(Key key) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(key);
        } else {
            counter("LEFT").increment();
        }
    }

    private void startNext() {
        for (Key next = take(); next != null; next = take()) {
            Key key = next;
            load.of(key.namespace(), key.key())
                    .whenCompleteAsync((outcome, _) -> ended(key, outcome), executor);
        }
    }

    private synchronized @Nullable Key take() {
        if (underWay >= AT_ONCE || waiting.isEmpty()) {
            return null;
        }
        var all = waiting.iterator();
        Key next = all.next();
        all.remove();
        underWay++;
        return next;
    }

    private void ended(Key key, @Nullable WarmOutcome outcome) {
        WarmOutcome became = outcome == null ? WarmOutcome.FAILED : outcome;
        switch (became) {
            case LOADED, ABSENT -> hot.drop(key.namespace(), key.key());
            case PRESENT, FAILED -> {}
        }
        counter(became.name()).increment();
        synchronized (this) {
            underWay--;
        }
        startNext();
    }

    private Counter counter(String outcome) {
        return Counter.builder("freshet.refresh.reloads")
                .description("Hot entries whose invalidation asked for them to be loaded anew")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
