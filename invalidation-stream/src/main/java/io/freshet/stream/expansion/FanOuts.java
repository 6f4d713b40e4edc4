package io.freshet.stream.expansion;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The scope invalidations being carried out, oldest first, each with a row that survives a restart.
 *
 * <p>Oldest first, because forgetting what an older one has evicted leaves less to do for a newer
 * one: purging the same large tag again and again costs what was registered in between, not its
 * size each time.
 */
final class FanOuts {

    private final Rows rows;
    private final KeyIndex index;
    private final Commits commits;
    private final TreeMap<Stamp, FanOut> active = new TreeMap<>();

    /** Receives what a fan-out hands out. */
    interface Sink {

        void evict(FanOut from, List<EntryKey> keys);

        /** Every key of it has been handed out. */
        void evicted(FanOut done);
    }

    /** Is shown fan-outs. */
    @FunctionalInterface
    interface Visitor {

        void visit(Target scope, Mode mode, Stamp position);
    }

    FanOuts(Rows rows, KeyIndex index, Commits commits, Instant now) {
        this.rows = rows;
        this.index = index;
        this.commits = commits;
        rows.scan(
                RowKey.of(new byte[0]),
                null,
                (_, value) -> {
                    FanOut restored = FanOut.decode(value, commits, now);
                    active.put(restored.position(), restored);
                    return true;
                });
    }

    /** Begins one; one at the same position that a restart left behind begins anew. */
    void begin(Stamp position, Target scope, Mode mode, Instant now) {
        FanOut begun = FanOut.begin(position, scope, mode, commits, now);
        rows.put(RowKey.of(position), begun.encode());
        active.put(position, begun);
        List.copyOf(active.headMap(position).values()).stream()
                .filter(begun::replaces)
                .forEach(this::remove);
    }

    /**
     * Shows those that a restart left behind. Their scopes must be remembered before any
     * registration is taken: what is registered behind a fan-out's back must be evicted at once.
     */
    void outstanding(Visitor visitor) {
        active.values().forEach(each -> visitor.visit(each.scope(), each.mode(), each.position()));
    }

    boolean isIdle() {
        return active.isEmpty();
    }

    int size() {
        return active.size();
    }

    /** Goes on, within a budget of rows. */
    void work(int budget, Sink sink) {
        int left = budget;
        for (FanOut fanOut : List.copyOf(active.values())) {
            if (left <= 0) {
                return;
            }
            boolean before = fanOut.isEvicted();
            RowKey resumeBefore = fanOut.resume();
            left -= fanOut.work(left, index, keys -> sink.evict(fanOut, keys));
            if (fanOut.isEvicted() && !before) {
                sink.evicted(fanOut);
            }
            if (fanOut.isOver()) {
                remove(fanOut);
            } else if (!Objects.equals(resumeBefore, fanOut.resume())) {
                rows.put(RowKey.of(fanOut.position()), fanOut.encode());
            }
        }
    }

    private void remove(FanOut fanOut) {
        active.remove(fanOut.position());
        rows.delete(RowKey.of(fanOut.position()));
    }
}
