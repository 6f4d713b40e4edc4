package io.freshet.stream.expansion;

/** What one step of fanning out may still do. */
final class Allowance {

    private final int keysAtFirst;
    private int rows;
    private int keys;

    /**
     * Of a step.
     *
     * @param rows of the index that may be looked at or removed
     * @param keys that may be handed out
     */
    Allowance(int rows, int keys) {
        this.rows = rows;
        this.keys = keys;
        this.keysAtFirst = keys;
    }

    int rows() {
        return rows;
    }

    int keys() {
        return keys;
    }

    boolean mayWork() {
        return rows > 0;
    }

    boolean mayEvict() {
        return rows > 0 && keys > 0;
    }

    void worked(int spentRows) {
        rows -= spentRows;
    }

    void evicted(int spentKeys) {
        keys -= spentKeys;
    }

    int keysEvicted() {
        return keysAtFirst - keys;
    }
}
