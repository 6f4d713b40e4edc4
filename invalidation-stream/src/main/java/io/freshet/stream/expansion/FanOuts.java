package io.freshet.stream.expansion;

import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scope invalidations being carried out, oldest first, each with a row that survives a restart.
 *
 * <p>Of two that cover the same keys the newer waits until the older has forgotten what it evicted:
 * purging the same large tag again and again costs what was registered in between, not its size
 * each time. One that pauses is passed over.
 *
 * <p>Giving one up is safe at any time: its scope stays remembered, so nobody believes what it left
 * in Redis, and its keys stay in the index, so a later one evicts them.
 */
final class FanOuts {

    private final Rows rows;
    private final Orders orders;
    private final KeyIndex index;
    private final Commits commits;
    private final Sink sink;
    private final TreeMap<Stamp, FanOut> active = new TreeMap<>();

    /** Receives what fan-outs hand out, and what is told of them. */
    interface Sink {

        void evict(FanOut from, List<EntryKey> keys);

        /** Every key of it has been handed out. */
        void evicted(FanOut done);

        void progress(FanOutProgress progress);
    }

    /** Is shown fan-outs. */
    @FunctionalInterface
    interface Visitor {

        void visit(Target scope, Mode mode, Stamp position);
    }

    FanOuts(Rows rows, Orders orders, KeyIndex index, Commits commits, Sink sink) {
        this.rows = rows;
        this.orders = orders;
        this.index = index;
        this.commits = commits;
        this.sink = sink;
        rows.scan(
                RowKey.of(new byte[0]),
                null,
                (_, value) -> {
                    FanOut restored = FanOut.decode(value, commits);
                    active.put(restored.position(), restored);
                    return true;
                });
    }

    /** Begins one; one at the same position that a restart left behind begins anew. */
    void begin(InboxPosition id, Stamp position, Target scope, Mode mode, Instant now) {
        FanOut begun = FanOut.begin(id, position, scope, mode, commits, now);
        rows.put(RowKey.of(position), begun.encode());
        active.put(position, begun);
        obey(begun, orders.standing(id), now);
        if (active.containsKey(position)) {
            List.copyOf(active.headMap(position).values()).stream()
                    .filter(begun::replaces)
                    .forEach(replaced -> end(replaced, State.SUPERSEDED, now));
        }
    }

    /** Does what somebody wants done, now and when the fan-out is read that it is about. */
    void order(FanOutOrder order, Instant now) {
        orders.take(order, now);
        for (FanOut fanOut : List.copyOf(active.values())) {
            if (fanOut.id().equals(order.id())) {
                obey(fanOut, order.action(), now);
            }
        }
    }

    private void obey(FanOut fanOut, FanOutOrder.@Nullable Action action, Instant now) {
        if (action == null || fanOut.isEvicted()) {
            return;
        }
        switch (action) {
            case PAUSE -> fanOut.pause();
            case RESUME -> fanOut.resumeWork();
            case CANCEL -> {
                end(fanOut, State.CANCELLED, now);
                return;
            }
        }
        rows.put(RowKey.of(fanOut.position()), fanOut.encode());
    }

    /**
     * Shows those that a restart left behind. Their scopes must be remembered before any
     * registration is taken: what is registered behind a fan-out's back must be evicted at once.
     */
    void outstanding(Visitor visitor) {
        active.values().forEach(each -> visitor.visit(each.scope(), each.mode(), each.position()));
    }

    boolean hasWork() {
        for (FanOut fanOut : active.values()) {
            if (!fanOut.isPaused()) {
                return true;
            }
        }
        return false;
    }

    /** Goes on, as far as it is allowed to. */
    void work(Allowance allowance, Instant now) {
        Set<FanOut> awaited = awaited();
        var ahead = new Scopes();
        for (FanOut fanOut : List.copyOf(active.values())) {
            if (!allowance.mayWork()) {
                return;
            }
            if (!ahead.overlap(fanOut.scope())) {
                work(fanOut, allowance, awaited.contains(fanOut), now);
            }
            if (!fanOut.isOver() && fanOut.makesWait()) {
                ahead.add(fanOut.scope());
            }
        }
    }

    /** Those that a newer one waits for. */
    private Set<FanOut> awaited() {
        Set<FanOut> awaited = new HashSet<>();
        var newer = new Scopes();
        for (FanOut fanOut : active.descendingMap().values()) {
            if (fanOut.makesWait() && newer.overlap(fanOut.scope())) {
                awaited.add(fanOut);
            }
            newer.add(fanOut.scope());
        }
        return awaited;
    }

    private void work(FanOut fanOut, Allowance allowance, boolean hurried, Instant now) {
        boolean before = fanOut.isEvicted();
        boolean moved = fanOut.work(allowance, hurried, index, keys -> sink.evict(fanOut, keys));
        if (fanOut.isEvicted() && !before) {
            sink.evicted(fanOut);
            tell(fanOut.news(now));
        }
        if (fanOut.isOver()) {
            remove(fanOut);
        } else if (moved) {
            rows.put(RowKey.of(fanOut.position()), fanOut.encode());
        }
    }

    /** Tells what is new. */
    void report(Instant now) {
        active.values().forEach(fanOut -> tell(fanOut.news(now)));
    }

    private void end(FanOut fanOut, State state, Instant now) {
        tell(fanOut.end(state, now));
        remove(fanOut);
    }

    private void tell(@Nullable FanOutProgress progress) {
        if (progress != null) {
            sink.progress(progress);
        }
    }

    private void remove(FanOut fanOut) {
        active.remove(fanOut.position());
        rows.delete(RowKey.of(fanOut.position()));
    }
}
