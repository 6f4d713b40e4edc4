package io.freshet.simulation;

import java.util.SplittableRandom;

/**
 * The odds of one history. Every seed draws its own, and draws them anew each time the weather
 * turns: so some histories are mostly lag and some mostly fail-over, where even odds would give all
 * of them a little of everything.
 */
final class Weather {

    /** How likely what must happen is picked, where a message has {@value Schedule#EVEN}. */
    private static final int[] PACES = {1, 5, Schedule.EVEN, Schedule.EVEN, 4 * Schedule.EVEN};

    /** By how much what need not happen is likelier than its weight says. */
    private static final int[] MOODS = {0, 1, 1, 2, 8};

    private static final int[] SPELLS = {8, 20, 50, Integer.MAX_VALUE};
    private static final int[] STRAGGLERS = {0, 10, 40};
    private static final int[] MEMORIES = {1, 2, 4};

    private final SplittableRandom random;
    private final boolean even;
    private final int spell;
    private final int stragglers;
    private final int memory;

    Weather(SplittableRandom random) {
        this.random = random;
        even = random.nextInt(8) == 0;
        spell = any(SPELLS);
        stragglers = any(STRAGGLERS);
        memory = any(MEMORIES);
    }

    /** Steps until the weather turns. */
    int spell() {
        return spell;
    }

    /** Key invalidations that a node remembers of each partition. */
    int memory() {
        return memory;
    }

    /** The weight, for a spell, of what must happen. */
    int pace() {
        return even ? Schedule.EVEN : any(PACES);
    }

    /** The weight, for a spell, of what need not happen. */
    int mood(int weight) {
        return even ? weight : weight * any(MOODS);
    }

    /** The weight of a message. */
    int haste() {
        return stragglers > 0 && random.nextInt(100) < stragglers ? 1 : Schedule.EVEN;
    }

    private int any(int[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
