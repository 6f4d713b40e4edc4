package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was done, step by step. Labels are made only for a history that is kept. */
final class History {

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private int steps;

    /**
     * @param kept whether it is, for people; else it only counts
     */
    History(boolean kept) {
        this.kept = kept;
    }

    void step(Supplier<String> label) {
        steps++;
        if (kept) {
            lines.add("%4d  %s".formatted(steps, label.get()));
        }
    }

    /** Something about the last step. */
    void note(Supplier<String> text) {
        if (kept) {
            lines.add("      " + text.get());
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    int steps() {
        return steps;
    }
}
