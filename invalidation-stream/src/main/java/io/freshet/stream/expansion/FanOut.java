package io.freshet.stream.expansion;

import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One scope invalidation being carried out, a bounded number of rows at a time.
 *
 * <h2>Phases</h2>
 *
 * <pre>
 *   rows of the scope, in key order
 *   |--- lasting ---|--- evicted ---|--- to do ---|
 *                                                   and when all are lasting
 *   |--- forgotten ---|--- known ---------------- |
 * </pre>
 *
 * Keys are handed out for eviction; when a commit has passed those evictions are lasting, and a
 * restart goes on behind them. Only when all are lasting, and without haste, are the index rows
 * forgotten, each if no newer registration came in between. Doing a part again does no harm. Soft
 * invalidations forget nothing, for Redis still holds what they marked. One that pauses stands
 * still wherever it is.
 */
final class FanOut {

    private final InboxPosition id;
    private final Stamp position;
    private final Target scope;
    private final Mode mode;
    private final Instant startedAt;
    private final AfterCommit<Reach> sent;

    private Reach lasting;
    private Reach evicted;
    private @Nullable RowKey forgotten;
    private boolean unsent;
    private boolean paused;
    private boolean over;
    private @Nullable FanOutProgress told;

    private FanOut(FanOutRow row, Commits commits) {
        FanOutProgress progress = row.progress();
        this.id = progress.id();
        this.position = progress.position();
        this.scope = progress.scope();
        this.mode = progress.mode();
        this.startedAt = progress.startedAt();
        this.paused = progress.state() == State.PAUSED;
        this.lasting = row.lasting();
        this.evicted = lasting;
        this.forgotten = row.forgotten();
        this.told = lasting.all() ? progress(State.DONE, lasting.keys(), startedAt) : null;
        this.sent = new AfterCommit<>(commits);
    }

    static FanOut begin(
            InboxPosition id,
            Stamp position,
            Target scope,
            Mode mode,
            Commits commits,
            Instant now) {
        var progress = new FanOutProgress(id, position, scope, mode, State.RUNNING, 0, now, now);
        return new FanOut(new FanOutRow(progress, Reach.NOTHING, null), commits);
    }

    static FanOut decode(byte[] bytes, Commits commits) {
        return new FanOut(FanOutRow.decode(bytes), commits);
    }

    byte[] encode() {
        var state = paused ? State.PAUSED : State.RUNNING;
        return new FanOutRow(progress(state, lasting.keys(), startedAt), lasting, forgotten)
                .encode();
    }

    InboxPosition id() {
        return id;
    }

    Stamp position() {
        return position;
    }

    Target scope() {
        return scope;
    }

    Mode mode() {
        return mode;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Keys handed out for eviction so far. */
    long keys() {
        return evicted.keys();
    }

    /** Whether every key has been handed out for eviction. */
    boolean isEvicted() {
        return evicted.all();
    }

    /** Whether there is nothing left to do. */
    boolean isOver() {
        return over;
    }

    boolean isPaused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    void resumeWork() {
        paused = false;
    }

    /** Whether this one does all that {@code other} would, and that one has not begun. */
    boolean replaces(FanOut other) {
        boolean untouched = other.keys() == 0;
        return !paused
                && untouched
                && covers(other)
                && (mode == Mode.HARD || other.mode == Mode.SOFT);
    }

    /** Whether a newer one over the same keys has less to do for each that this one forgets. */
    boolean makesWait() {
        return !paused && mode == Mode.HARD;
    }

    private boolean covers(FanOut other) {
        return scope.equals(other.scope)
                || (scope instanceof Target.OfNamespace
                        && scope.namespace().equals(other.scope.namespace()));
    }

    /** What is new of it since it was asked last; null for nothing. */
    @Nullable FanOutProgress news(Instant now) {
        State state = State.RUNNING;
        if (evicted.all()) {
            state = State.DONE;
        } else if (paused) {
            state = State.PAUSED;
        }
        FanOutProgress before = told;
        if (before != null && before.state() == state && before.keys() == keys()) {
            return null;
        }
        // Of one that found nothing to do, and was never heard of, there is nothing to tell.
        if (before == null && state == State.DONE && keys() == 0) {
            return null;
        }
        told = progress(state, keys(), now);
        return told;
    }

    /** How it ends before it is done; null when nobody has heard of it. */
    @Nullable FanOutProgress end(State state, Instant now) {
        boolean unheardOf = told == null && keys() == 0 && state == State.SUPERSEDED;
        return evicted.all() || unheardOf ? null : progress(state, keys(), now);
    }

    private FanOutProgress progress(State state, long keys, Instant now) {
        return new FanOutProgress(id, position, scope, mode, state, keys, startedAt, now);
    }

    /**
     * Goes on with evicting, then with forgetting.
     *
     * @param allowance what may be done; takes note of what was
     * @param hurried whether another one waits for this one
     * @param evict takes keys to evict
     * @return whether a restart would go on elsewhere now
     */
    boolean work(
            Allowance allowance, boolean hurried, KeyIndex index, Consumer<List<EntryKey>> evict) {
        if (paused) {
            return false;
        }
        Reach reached = sent.take();
        if (reached != null) {
            lasting = reached;
        }
        if (!evicted.all() && allowance.mayEvict()) {
            evict(allowance, index, evict);
        }
        if (unsent && sent.isEmpty()) {
            sent.note(evicted);
            unsent = false;
        }
        boolean forgets = lasting.all() && allowance.mayWork();
        if (forgets) {
            forget(allowance, hurried, index);
        }
        over |= evicted.all() && keys() == 0;
        return reached != null || forgets;
    }

    private void evict(Allowance allowance, KeyIndex index, Consumer<List<EntryKey>> evict) {
        var page = index.matching(scope, evicted.last(), allowance.rows(), allowance.keys());
        RowKey resume = page.resume();
        long keys = keys() + page.keys().size();
        evicted =
                resume == null
                        ? new Reach(evicted.last(), true, keys)
                        : new Reach(resume, false, keys);
        if (!page.keys().isEmpty()) {
            evict.accept(page.keys());
        }
        unsent = true;
        allowance.worked(page.visited());
        allowance.evicted(page.keys().size());
    }

    private void forget(Allowance allowance, boolean hurried, KeyIndex index) {
        if (mode == Mode.HARD) {
            int most = allowance.forgettable(hurried);
            var page = index.matching(scope, forgotten, allowance.rows(), most);
            allowance.worked(page.visited());
            for (EntryKey key : page.keys()) {
                allowance.worked(index.dropIfOlder(scope.namespace(), key, position));
            }
            forgotten = page.resume();
        }
        over = forgotten == null;
    }
}
