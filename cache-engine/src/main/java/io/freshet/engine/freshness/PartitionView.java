package io.freshet.engine.freshness;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.Marker;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of one partition of the log, and its judgement of the entries that live there.
 *
 * <p>One thread consumes, any thread asks. Memory is written before the position that speaks of it.
 */
class PartitionView {

    /** Sets the memory of replaced keys apart from that of invalidated ones. */
    private static final long REPLACED = 0x9e3779b97f4a7c15L;

    private final BoundedMemory keys;
    private final ScopeMemory scopes;
    private volatile Stamp barrier = Stamp.ZERO;
    private volatile Stamp position = Stamp.ZERO;
    private volatile @Nullable Stamp readyAt;

    PartitionView(ViewLimits limits) {
        keys = new BoundedMemory(limits.keys(), Stamp.ZERO);
        scopes = new ScopeMemory(limits.tags(), limits.patterns());
    }

    void restore(ScopeRecord.Position scope) {
        record(scope.scope(), scope.hard(), Mode.HARD);
        record(scope.scope(), scope.soft(), Mode.SOFT);
    }

    private void record(Target scope, Stamp at, Mode mode) {
        if (!at.equals(Stamp.ZERO)) {
            scopes.record(scope, at, mode);
        }
    }

    void begin(Stamp floor, Stamp readyAt) {
        keys.forget(floor);
        position = floor;
        this.readyAt = readyAt;
    }

    void consume(Stamp next, Event event) {
        switch (event) {
            case Event.Invalidation(
                            _,
                            Target.OfKey(var namespace, var key),
                            var mode,
                            _,
                            _,
                            _,
                            _,
                            _) ->
                    keys.record(KeyHash.of(namespace, key), next, mode);
            case Event.Invalidation(
                            _,
                            Target.OfKeys(var namespace, var several),
                            var mode,
                            _,
                            _,
                            _,
                            _,
                            _) -> {
                for (EntryKey key : several) {
                    keys.record(KeyHash.of(namespace, key), next, mode);
                }
            }
            case Event.Invalidation(_, var scope, var mode, _, _, _, _, _) ->
                    scopes.record(scope, next, mode);
            case Event.Replaced(var namespace, var replaced, _, _) -> {
                for (EntryKey key : replaced) {
                    keys.record(KeyHash.of(namespace, key) ^ REPLACED, next, Mode.HARD);
                }
            }
            case Event.Heartbeat _ -> {}
        }
        position = next;
    }

    /**
     * Something at or below {@code next} could not be read: whatever is stamped below it is stale,
     * and no marker vouches for it, since what was lost may have been about a scope.
     */
    void lose(Stamp next) {
        barrier = next;
        keys.forget(next);
        position = next;
    }

    Stamp position() {
        return position;
    }

    Stamp floor() {
        return keys.view().floor();
    }

    boolean isReady() {
        Stamp goal = readyAt;
        return goal != null && position.compareTo(goal) >= 0;
    }

    /** Judges an entry as the store holds it, with the marker that was read together with it. */
    Verdict judgeStored(
            Namespace namespace, EntryKey key, EntryHeader header, @Nullable Marker marker) {
        BoundedMemory.View memory = keys.view();
        return isForgotten(memory.floor(), header.stamp(), marker)
                        || isDistrusted(header.stamp(), marker)
                ? Verdict.STALE
                : judge(memory, namespace, key, header);
    }

    /**
     * Judges a copy in this node's memory. The marker speaks of the store only, so a copy below the
     * floor is stale; and a replaced entry makes older copies stale, though not the entry itself.
     */
    Verdict judgeNear(Namespace namespace, EntryKey key, EntryHeader header) {
        BoundedMemory.View memory = keys.view();
        long replaced = memory.find(KeyHash.of(namespace, key) ^ REPLACED).hard();
        return isForgottenNear(memory.floor(), header.stamp()) || header.stamp().packed() < replaced
                ? Verdict.STALE
                : judge(memory, namespace, key, header);
    }

    /** Whether a load stamped so, whose tags are known, was overtaken by a hard or soft event. */
    boolean isOvertaken(Namespace namespace, EntryKey key, Set<Tag> tags, Stamp stamp) {
        BoundedMemory.View memory = keys.view();
        Invalidated last =
                memory.find(KeyHash.of(namespace, key))
                        .and(scopes.find(namespace, key))
                        .and(scopes.find(namespace, tags));
        return Math.max(last.hard(), last.soft()) > stamp.packed()
                || stamp.isKilledBy(memory.floor());
    }

    /** What bears on an entry with these tags. */
    Evidence evidence(int partition, Namespace namespace, EntryKey key, Set<Tag> tags) {
        var at = new LogPosition(partition, position);
        BoundedMemory.View memory = keys.view();
        long hash = KeyHash.of(namespace, key);
        var clues = new ArrayList<Clue>();
        var own = Clue.of(new Target.OfKey(namespace, key), memory.find(hash));
        if (!own.isNone()) {
            clues.add(own);
        }
        clues.addAll(scopes.clues(namespace, key, tags));
        return new Evidence(
                at,
                isReady(),
                memory.floor(),
                barrier,
                new Stamp(memory.find(hash ^ REPLACED).hard()),
                clues);
    }

    Stamp lastHard(Namespace namespace, EntryKey key) {
        return new Stamp(keys.view().find(KeyHash.of(namespace, key)).hard());
    }

    /** Whether an event above the stamp may be forgotten that the store did not apply. */
    boolean isForgotten(Stamp floor, Stamp stamp, @Nullable Marker marker) {
        return stamp.isKilledBy(floor) && (marker == null || marker.applied().isKilledBy(floor));
    }

    boolean isUnsure(EntryHeader header, @Nullable Marker marker) {
        return isForgotten(keys.view().floor(), header.stamp(), marker);
    }

    /** Whether the bucket says itself that evictions of such an entry were lost. */
    boolean isDistrusted(Stamp stamp, @Nullable Marker marker) {
        return marker != null && marker.distrusts(stamp);
    }

    /** Whether an event above the stamp may be forgotten. */
    boolean isForgottenNear(Stamp floor, Stamp stamp) {
        return stamp.isKilledBy(floor);
    }

    private Verdict judge(
            BoundedMemory.View memory, Namespace namespace, EntryKey key, EntryHeader header) {
        Invalidated last =
                memory.find(KeyHash.of(namespace, key))
                        .and(scopes.find(namespace, key))
                        .and(scopes.find(namespace, header.tags()));
        long stamp = header.stamp().packed();
        if (last.hard() > stamp || header.stamp().isKilledBy(barrier)) {
            return Verdict.STALE;
        }
        return last.soft() > stamp || header.isMarkedSoft() ? Verdict.SOFT : Verdict.FRESH;
    }
}
