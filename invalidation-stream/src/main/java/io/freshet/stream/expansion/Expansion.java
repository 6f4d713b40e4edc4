package io.freshet.stream.expansion;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one partition of the log into evictions, by an index of the keys that were registered in
 * the same partition of {@code freshet.entries}. For one thread.
 *
 * <h2>Mechanism</h2>
 *
 * <ul>
 *   <li>A key invalidation evicts its key at once, indexed or not: a fill may be on its way.
 *   <li>A key invalidation that brings a row indexes it and hands it out with the eviction, if
 *       {@link RowImages} admits it: the expander is the filler then, and its step with the index
 *       is the registration.
 *   <li>A scope invalidation is remembered and evicts every indexed key under it whatever stamp it
 *       was registered with, because an older fill of that key may be in Redis; that goes on in
 *       bounded steps (see {@link FanOut}).
 *   <li>A registration older than a remembered scope evicts its key at once. So it does not matter
 *       which of the two inputs is ahead.
 * </ul>
 *
 * <p>Every eviction says {@code through}: the position reached. As key invalidations are evicted in
 * the step that reads them, no eviction of a key event at or below it is ever outstanding. After a
 * restart it is at most what was committed, although the tables may know of scopes above that.
 */
public final class Expansion {

    /** How far the clocks of the machines may be apart. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private static final RowKey POSITION = RowKey.ofParts("reached");

    private final int epoch;
    private final Pace pace;
    private final RowImages rows;
    private final Output output;
    private final InstantSource clock;
    private final KeyIndex index;
    private final ScopeMemory scopes;
    private final FanOuts fanOuts;
    private final Rows positionRow;
    private final AfterCommit<Stamp> positionSent;
    private final KeyBudget budget;

    private Stamp reached;
    private Stamp noted;
    private Stamp evictionsThrough = Stamp.ZERO;
    private Stamp scopesThrough = Stamp.ZERO;
    private @Nullable RowKey sweptTo;

    /**
     * Continues from what the tables hold.
     *
     * @param epoch high part of every stamp
     * @param rows judges the rows that records bring
     * @param commits of the thread that calls this
     */
    public Expansion(
            int epoch,
            Pace pace,
            Tables tables,
            RowImages rows,
            Output output,
            Commits commits,
            InstantSource clock) {
        this.epoch = epoch;
        this.pace = pace;
        this.rows = rows;
        this.output = output;
        this.clock = clock;
        this.index = new KeyIndex(tables.keys(), tables.tags());
        this.scopes = new ScopeMemory(tables.scopes());
        var orders = new Orders(tables.orders());
        this.fanOuts = new FanOuts(tables.fanOuts(), orders, index, commits, new EvictionSink());
        this.budget = new KeyBudget(pace, clock.instant());
        fanOuts.outstanding(scopes::remember);
        this.positionRow = tables.position();
        this.positionSent = new AfterCommit<>(commits);
        byte[] row = positionRow.get(POSITION);
        this.reached = row == null ? Stamp.ZERO : RowKey.of(row).stamp();
        this.noted = reached;
    }

    /** Position that this expansion has reached in the log. */
    public Stamp reached() {
        return reached;
    }

    /** Takes the log record at {@code offset}; offsets rise. */
    public void onLogRecord(long offset, LogRecord record) {
        Stamp before = reached;
        reached = Stamp.of(epoch, offset + 1);
        switch (record.event()) {
            case Event.Invalidation invalidation -> {
                RowImages.Judged row = rows.take(invalidation, clock.instant());
                switch (invalidation.target()) {
                    case Target.OfKey(var namespace, var key) ->
                            invalidateKey(namespace, key, invalidation.mode(), row);
                    case Target.OfKeys(var namespace, var keys) ->
                            evict(namespace, keys, invalidation.mode(), reached, before);
                    case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                            invalidateScope(
                                    invalidation.target(), invalidation.mode(), record.via());
                }
            }
            case Event.Replaced _, Event.Heartbeat _ -> {}
        }
    }

    /**
     * Records of the log are lost: what they would have evicted is not to be trusted.
     *
     * @param offset of the first record behind them
     */
    public void onLoss(long offset) {
        reached = Stamp.of(epoch, offset);
        rows.lost(clock.instant());
        output.evict(new Eviction.Barrier(reached));
        evictionsThrough = reached;
    }

    /** Takes an entry that is about to be written to Redis. */
    public void onRegistration(Registration entry) {
        if (KeyIndex.isOver(entry.hardExpiry(), clock.instant())) {
            return;
        }
        Killers killers = scopes.killersOf(entry);
        if (entry.stamp().isKilledBy(killers.hard())) {
            evict(entry.namespace(), List.of(entry.key()), Mode.HARD, killers.hard());
            return;
        }
        index.add(entry, clock.instant());
        if (entry.stamp().isKilledBy(killers.soft())) {
            evict(entry.namespace(), List.of(entry.key()), Mode.SOFT, killers.soft());
        }
    }

    /** Takes an order about a fan-out, whether or not its record was read. */
    public void onOrder(FanOutOrder order) {
        fanOuts.order(order, clock.instant());
    }

    /** Whether there is fanning out to do. */
    public boolean hasWork() {
        return fanOuts.hasWork();
    }

    /** Does a bounded part of the fanning out that is outstanding. */
    public void work() {
        if (fanOuts.hasWork()) {
            Instant now = clock.instant();
            var allowance = new Allowance(pace, budget.at(now));
            fanOuts.work(allowance, now);
            budget.spend(allowance.keysEvicted());
        }
    }

    /**
     * Says how far the log is expanded and how far fan-outs are, if that has changed, and makes a
     * note for a restart.
     */
    public void reportProgress() {
        fanOuts.report(clock.instant());
        if (evictionsThrough.compareTo(reached) < 0) {
            evictionsThrough = reached;
            output.evict(new Eviction.Progress(reached));
        }
        if (scopesThrough.compareTo(reached) < 0) {
            scopesThrough = reached;
            output.scope(new ScopeRecord.Progress(reached));
        }
        Stamp lasting = positionSent.take();
        if (lasting != null) {
            positionRow.put(POSITION, RowKey.of(lasting).bytes());
        }
        if (positionSent.isEmpty() && noted.compareTo(reached) < 0) {
            positionSent.note(reached);
            noted = reached;
        }
    }

    /** Removes a bounded number of index rows whose entries have expired. */
    public void sweep() {
        sweptTo = index.sweep(sweptTo, pace.rowsPerSweep(), clock.instant());
    }

    private void invalidateKey(
            Namespace namespace, EntryKey key, Mode mode, RowImages.Judged judged) {
        switch (judged) {
            case RowImages.Judged.NoRow _ -> evict(namespace, List.of(key), mode, reached);
            case RowImages.Judged.Refused(var reason) -> {
                output.rowRefused(reason);
                evict(namespace, List.of(key), mode, reached);
            }
            case RowImages.Judged.Admitted(var row, var ttl) -> replace(namespace, key, row, ttl);
        }
    }

    /**
     * Indexed before it is handed out, in one step with it: no scope event can come in between. A
     * scope that the tables remember from before a restart may stand behind it already.
     */
    private void replace(Namespace namespace, EntryKey key, NewRow row, Duration ttl) {
        Instant now = clock.instant();
        var entry = new Registration(namespace, key, reached, row.tags(), now.plus(ttl));
        if (reached.isKilledBy(scopes.killersOf(entry).last())) {
            evict(namespace, List.of(key), Mode.HARD, reached);
            return;
        }
        index.add(entry, now);
        output.evict(
                new Eviction.Replacement(
                        namespace, key, row, now, entry.hardExpiry(), reached, reached));
        evictionsThrough = reached;
    }

    private void invalidateScope(Target scope, Mode mode, InboxPosition id) {
        output.scope(scopes.remember(scope, mode, reached));
        fanOuts.begin(id, reached, scope, mode, clock.instant());
        work();
    }

    private void evict(Namespace namespace, List<EntryKey> keys, Mode mode, Stamp killsBelow) {
        evict(namespace, keys, mode, killsBelow, reached);
    }

    /**
     * Hands keys out.
     *
     * @param meanwhile up to where nothing is outstanding before the last of them is handed out
     */
    private void evict(
            Namespace namespace,
            List<EntryKey> keys,
            Mode mode,
            Stamp killsBelow,
            Stamp meanwhile) {
        for (int from = 0; from < keys.size(); from += pace.keysPerRecord()) {
            int to = Math.min(keys.size(), from + pace.keysPerRecord());
            Stamp through = to == keys.size() ? reached : meanwhile;
            output.evict(
                    new Eviction.Keys(
                            namespace, keys.subList(from, to), mode, killsBelow, through));
        }
        evictionsThrough = Stamp.max(evictionsThrough, reached);
    }

    private final class EvictionSink implements FanOuts.Sink {

        @Override
        public void evict(FanOut from, List<EntryKey> keys) {
            Expansion.this.evict(from.scope().namespace(), keys, from.mode(), from.position());
        }

        @Override
        public void progress(FanOutProgress progress) {
            output.progress(progress);
        }

        @Override
        public void evicted(FanOut done) {
            output.fannedOut(done.keys(), Duration.between(done.startedAt(), clock.instant()));
        }
    }
}
