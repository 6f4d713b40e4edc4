package io.freshet.stream.expansion;

/** What one step of fanning out may still do. */
final class Allowance {

    private final Pace pace;
    private final int keysAtFirst;
    private int rows;
    private int keys;

    /**
     * Of a step.
     *
     * @param keys that may be handed out
     */
    Allowance(Pace pace, int keys) {
        this.pace = pace;
        this.rows = pace.rowsPerStep();
        this.keys = keys;
        this.keysAtFirst = keys;
    }

    int rows() {
        return rows;
    }

    int keys() {
        return keys;
    }

    /** Keys that a fan-out may forget. */
    int forgettable(boolean hurried) {
        return Math.min(pace.keysForgottenPerStep(hurried), rows);
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
