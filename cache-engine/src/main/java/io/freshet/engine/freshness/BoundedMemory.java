package io.freshet.engine.freshness;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;

/**
 * Remembers the last invalidations by hash, in bounded memory; everything above its floor.
 *
 * <p>Two tables: when the young one is full the old one is dropped, the young one becomes old, and
 * the floor rises to the latest position that was dropped. Raising the floor is always safe. One
 * writer, many readers; a reader that holds a {@link View} sees tables and floor of one moment.
 */
final class BoundedMemory {

    /** Tables and floor of one moment. */
    record View(PositionTable young, PositionTable old, Stamp floor) {

        Invalidated find(long hash) {
            return young.find(hash).and(old.find(hash));
        }
    }

    private final int tableCapacity;
    private volatile View view;

    /**
     * @param capacity invalidations remembered at most
     * @param floor nothing at or below it is remembered
     */
    BoundedMemory(int capacity, Stamp floor) {
        tableCapacity = Math.max(1, capacity / 2);
        view = emptyAbove(floor);
    }

    View view() {
        return view;
    }

    /** Remembers an event. */
    void record(long hash, Stamp position, Mode mode) {
        View now = view;
        if (now.young.isFull()) {
            now =
                    new View(
                            new PositionTable(tableCapacity),
                            now.young,
                            Stamp.max(now.floor, now.old.highest()));
            view = now;
        }
        now.young.record(hash, position, mode);
    }

    /** Forgets everything: nothing at or below {@code floor} is remembered from now on. */
    void forget(Stamp floor) {
        view = emptyAbove(Stamp.max(floor, view.floor));
    }

    private View emptyAbove(Stamp floor) {
        return new View(new PositionTable(tableCapacity), new PositionTable(1), floor);
    }
}
