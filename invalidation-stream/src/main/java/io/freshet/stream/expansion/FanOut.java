package io.freshet.stream.expansion;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import java.nio.ByteBuffer;
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
 * harm. Soft invalidations forget nothing, for Redis still holds what they marked.
 */
final class FanOut {

    private static final byte FORMAT = 1;

    /** A part of the scope's rows, from the first: up to a row, or all of them. */
    private record Reach(@Nullable RowKey last, boolean all) {}

    private final Stamp position;
    private final Target scope;
    private final Mode mode;
    private final Instant startedAt;
    private final AfterCommit<Reach> sent;

    private @Nullable RowKey forgotten;
    private @Nullable Reach lasting;
    private Reach evicted;
    private boolean unsent;
    private boolean over;
    private long keys;

    private FanOut(
            Stamp position,
            Target scope,
            Mode mode,
            @Nullable RowKey forgotten,
            Commits commits,
            Instant startedAt) {
        this.position = position;
        this.scope = scope;
        this.mode = mode;
        this.forgotten = forgotten;
        this.evicted = new Reach(forgotten, false);
        this.sent = new AfterCommit<>(commits);
        this.startedAt = startedAt;
    }

    static FanOut begin(
            Stamp position, Target scope, Mode mode, Commits commits, Instant startedAt) {
        return new FanOut(position, scope, mode, null, commits, startedAt);
    }

    static FanOut decode(byte[] bytes, Commits commits, Instant startedAt) {
        var in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException("fan-out row of unknown format " + format);
        }
        var resume = new byte[in.getShort()];
        in.get(resume);
        var json = new byte[in.remaining()];
        in.get(json);
        if (!(Codecs.SCOPE.decode(json)
                instanceof ScopeRecord.Position(var scope, var hard, var soft))) {
            throw new IllegalStateException("fan-out row without its scope");
        }
        return new FanOut(
                Stamp.max(hard, soft),
                scope,
                hard.equals(Stamp.ZERO) ? Mode.SOFT : Mode.HARD,
                resume.length == 0 ? null : RowKey.of(resume),
                commits,
                startedAt);
    }

    byte[] encode() {
        var scopeOnly =
                switch (mode) {
                    case HARD -> new ScopeRecord.Position(scope, position, Stamp.ZERO);
                    case SOFT -> new ScopeRecord.Position(scope, Stamp.ZERO, position);
                };
        byte[] json = Codecs.SCOPE.encode(scopeOnly);
        byte[] resume = forgotten == null ? new byte[0] : forgotten.bytes();
        return ByteBuffer.allocate(1 + Short.BYTES + resume.length + json.length)
                .put(FORMAT)
                .putShort((short) resume.length)
                .put(resume)
                .put(json)
                .array();
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
        return keys;
    }

    /** Whether every key has been handed out for eviction. */
    boolean isEvicted() {
        return evicted.all();
    }

    /** Whether there is nothing left to do. */
    boolean isOver() {
        return over;
    }

    /** Whether this one does all that {@code other} would, and that one has not begun. */
    boolean replaces(FanOut other) {
        boolean untouched = other.keys == 0 && other.forgotten == null;
        boolean sameKeys =
                scope.equals(other.scope)
                        || (scope instanceof Target.OfNamespace
                                && scope.namespace().equals(other.scope.namespace()));
        return untouched && sameKeys && (mode == Mode.HARD || other.mode == Mode.SOFT);
    }

    /**
     * Goes on with forgetting, then with evicting.
     *
     * @param budget rows that may be looked at or removed
     * @param evict takes keys to evict
     * @return rows looked at or removed
     */
    int work(int budget, KeyIndex index, Consumer<List<EntryKey>> evict) {
        Reach reached = sent.take();
        if (reached != null) {
            lasting = reached;
        }
        int spent = lasting == null ? 0 : forget(lasting, budget, index);
        if (!evicted.all() && spent < budget) {
            spent += evict(budget - spent, index, evict);
        }
        if (unsent && sent.isEmpty()) {
            sent.note(evicted);
            unsent = false;
        }
        over |= evicted.all() && keys == 0 && forgotten == null;
        return spent;
    }

    private int evict(int rows, KeyIndex index, Consumer<List<EntryKey>> evict) {
        var page = index.matching(scope, evicted.last(), null, rows);
        RowKey resume = page.resume();
        evicted = resume == null ? new Reach(evicted.last(), true) : new Reach(resume, false);
        if (!page.keys().isEmpty()) {
            evict.accept(page.keys());
            keys += page.keys().size();
        }
        unsent = true;
        return page.visited();
    }

    private int forget(Reach part, int budget, KeyIndex index) {
        int spent = 0;
        if (mode == Mode.HARD) {
            var page = index.matching(scope, forgotten, part.all() ? null : part.last(), budget);
            spent = page.visited();
            for (EntryKey key : page.keys()) {
                spent += index.dropIfOlder(scope.namespace(), key, position);
            }
            if (page.resume() != null) {
                forgotten = page.resume();
                return spent;
            }
        }
        forgotten = part.last();
        lasting = null;
        over |= part.all();
        return spent;
    }
}
