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
 *   |--- forgotten ---|--- lasting ---|--- evicted ---|--- to do ---|
 * </pre>
 *
 * Keys are handed out for eviction; when a commit has passed those evictions are lasting; only then
 * are their index rows forgotten, if no newer registration came in between. The row that survives a
 * restart holds the end of the forgotten part: what lies behind it is evicted again, which does no
 * harm. Soft invalidations forget nothing, for Redis still holds what they marked. One that pauses
 * stands still wherever it is.
 */
final class FanOut {

    /**
     * A part of the scope's rows, from the first: up to a row, or all of them.
     *
     * @param keys handed out of it
     */
    private record Reach(@Nullable RowKey last, boolean all, long keys) {}

    private final InboxPosition id;
    private final Stamp position;
    private final Target scope;
    private final Mode mode;
    private final Instant startedAt;
    private final AfterCommit<Reach> sent;

    private @Nullable RowKey forgotten;
    private long forgottenKeys;
    private @Nullable Reach lasting;
    private Reach evicted;
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
        this.forgotten = row.forgotten();
        this.forgottenKeys = progress.keys();
        this.evicted = new Reach(forgotten, false, forgottenKeys);
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
        return new FanOut(new FanOutRow(progress, null), commits);
    }

    static FanOut decode(byte[] bytes, Commits commits) {
        return new FanOut(FanOutRow.decode(bytes), commits);
    }

    byte[] encode() {
        var state = paused ? State.PAUSED : State.RUNNING;
        return new FanOutRow(progress(state, forgottenKeys, startedAt), forgotten).encode();
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

    /** Where a restart goes on, or null for the first row. */
    @Nullable RowKey resume() {
        return forgotten;
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
        boolean untouched = other.keys() == 0 && other.forgotten == null;
        boolean sameKeys =
                scope.equals(other.scope)
                        || (scope instanceof Target.OfNamespace
                                && scope.namespace().equals(other.scope.namespace()));
        return !paused && untouched && sameKeys && (mode == Mode.HARD || other.mode == Mode.SOFT);
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
     * Goes on with forgetting, then with evicting.
     *
     * @param allowance what may be done; takes note of what was
     * @param evict takes keys to evict
     */
    void work(Allowance allowance, KeyIndex index, Consumer<List<EntryKey>> evict) {
        if (paused) {
            return;
        }
        Reach reached = sent.take();
        if (reached != null) {
            lasting = reached;
        }
        if (lasting != null) {
            forget(lasting, allowance, index);
        }
        if (!evicted.all() && allowance.mayEvict()) {
            evict(allowance, index, evict);
        }
        if (unsent && sent.isEmpty()) {
            sent.note(evicted);
            unsent = false;
        }
        over |= evicted.all() && keys() == 0 && forgotten == null;
    }

    private void evict(Allowance allowance, KeyIndex index, Consumer<List<EntryKey>> evict) {
        var page = index.matching(scope, evicted.last(), null, allowance.rows(), allowance.keys());
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

    private void forget(Reach part, Allowance allowance, KeyIndex index) {
        if (mode == Mode.HARD) {
            RowKey until = part.all() ? null : part.last();
            var page = index.matching(scope, forgotten, until, allowance.rows(), Integer.MAX_VALUE);
            allowance.worked(page.visited());
            for (EntryKey key : page.keys()) {
                allowance.worked(index.dropIfOlder(scope.namespace(), key, position));
            }
            if (page.resume() != null) {
                forgotten = page.resume();
                forgottenKeys = Math.min(part.keys(), forgottenKeys + page.keys().size());
                return;
            }
        }
        forgotten = part.last();
        forgottenKeys = part.keys();
        lasting = null;
        over |= part.all();
    }
}
