package io.freshet.engine.freshness;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A fixed-size table from a 64-bit hash to the last hard and the last soft position.
 *
 * <p>Open addressing in one array, three longs a row; rows are never removed. One thread writes,
 * any thread reads without locks: a row's positions are written before its hash, and positions only
 * grow. Two names of one hash share a row, which errs towards stale. Between 48 and 96 bytes per
 * invalidation that it can remember (24 a row, at most half of the rows used).
 */
final class PositionTable {

    private static final int ROW = 3;
    private static final int HARD = 1;
    private static final int SOFT = 2;

    private final int capacity;
    private final AtomicLongArray cells;
    private final int mask;
    private int used;
    private long highest;

    /**
     * @param capacity names that it remembers
     */
    PositionTable(int capacity) {
        this.capacity = capacity;
        int rows = Integer.highestOneBit(2 * capacity - 1) << 1;
        cells = new AtomicLongArray(rows * ROW);
        mask = rows - 1;
    }

    boolean isFull() {
        return used >= capacity;
    }

    /** The latest position remembered. */
    Stamp highest() {
        return new Stamp(highest);
    }

    /** Remembers; the caller has seen that the table {@link #isFull is not full}. */
    void record(long hash, Stamp position, Mode mode) {
        highest = Math.max(highest, position.packed());
        long name = nonZero(hash);
        int row = rowOf(name);
        int cell = row + (mode == Mode.HARD ? HARD : SOFT);
        cells.setRelease(cell, Math.max(cells.getPlain(cell), position.packed()));
        if (cells.getPlain(row) == 0) {
            cells.setRelease(row, name);
            used++;
        }
    }

    Invalidated find(long hash) {
        long name = nonZero(hash);
        int row = rowOf(name);
        return cells.getAcquire(row) == name
                ? new Invalidated(cells.getAcquire(row + HARD), cells.getAcquire(row + SOFT))
                : Invalidated.NEVER;
    }

    /** The row of this name, or the empty one where it would go. */
    private int rowOf(long name) {
        int row = (int) (name ^ name >>> 32) & mask;
        while (true) {
            long found = cells.getAcquire(row * ROW);
            if (found == 0 || found == name) {
                return row * ROW;
            }
            row = row + 1 & mask;
        }
    }

    private static long nonZero(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
