package io.freshet.simulation;

import java.util.List;

/**
 * A history in which the protocol's promise was broken.
 *
 * @param seed reproduces it
 * @param what was promised and what was found
 * @param history step by step; empty unless it was recorded
 */
record Violation(long seed, String what, int steps, List<String> history) {

    @Override
    public String toString() {
        return "seed %d, %d steps: %s%n%s"
                .formatted(seed, steps, what, String.join(System.lineSeparator(), history));
    }
}
