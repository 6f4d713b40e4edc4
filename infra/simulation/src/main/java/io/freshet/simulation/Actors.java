package io.freshet.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Actors and how likely each of them is picked at present. */
final class Actors {

    private final List<Actor> actors = new ArrayList<>();
    private int[] weights = new int[32];
    private int[] able = new int[32];
    private int total;

    void add(Actor actor) {
        int index = actors.size();
        if (index == weights.length) {
            weights = Arrays.copyOf(weights, 2 * index);
            able = new int[2 * index];
        }
        actors.add(actor);
        weights[index] = actor.weight();
        total += actor.weight();
    }

    void weigh(ToIntFunction<Actor> weight) {
        total = 0;
        for (int i = 0; i < actors.size(); i++) {
            weights[i] = weight.applyAsInt(actors.get(i));
            total += weights[i];
        }
    }

    /** The sum of all weights. */
    int total() {
        return total;
    }

    /** The actor on whom {@code choice}, below {@link #total}, falls. */
    Actor at(int choice) {
        return actors.get(index(weights, choice));
    }

    /** Finds out who may act; the sum of their weights. */
    int able() {
        int sum = 0;
        for (int i = 0; i < actors.size(); i++) {
            boolean may = weights[i] > 0 && actors.get(i).mayAct().getAsBoolean();
            able[i] = may ? weights[i] : 0;
            sum += able[i];
        }
        return sum;
    }

    /** As {@link #at}, among those whom {@link #able} found. */
    Actor ableAt(int choice) {
        return actors.get(index(able, choice));
    }

    private static int index(int[] weights, int choice) {
        int index = -1;
        for (int rest = choice; rest >= 0; ) {
            rest -= weights[++index];
        }
        return index;
    }
}
