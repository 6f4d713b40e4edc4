package io.freshet.engine.eviction;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a cache would hold under {@code lfu} with one half-life: the order of {@code
 * account.lua}, without values and without Redis.
 *
 * <p>Its time is the number of accesses, and keys are known by their hashes alone. Each access
 * costs the logarithm of the capacity. For one thread.
 */
final class Shadow {

    private static final int LEAST_TURN = 16;
    private static final double FARTHEST = 50;

    private record Place(double at, long hash) {}

    private final HalfLife halfLife;
    private final Random random = new Random(1);
    private final Map<Long, Place> places = new HashMap<>();
    private final TreeSet<Place> order =
            new TreeSet<>(Comparator.comparingDouble(Place::at).thenComparingLong(Place::hash));
    private long now;
    private long turnSince;
    private int newcomers;
    private double turn;

    Shadow(HalfLife halfLife) {
        this.halfLife = halfLife;
    }

    /**
     * Uses a key so often at once, and takes it in if it is not there.
     *
     * @return whether it was there
     */
    boolean access(long hash, int uses, int capacity) {
        now++;
        Place before = places.get(hash);
        if (before == null) {
            takeIn(hash, capacity);
            return false;
        }
        move(before, hash, used(before.at, uses));
        return true;
    }

    private double used(double before, int uses) {
        double life = halfLife.in(turn());
        double distance = Math.clamp((before - now) / life, -FARTHEST, FARTHEST);
        double weight = uses + Math.pow(2, distance);
        return now + life * Math.log(weight) / Math.log(2);
    }

    private void takeIn(long hash, int capacity) {
        newcomers++;
        if (newcomers >= Math.max(LEAST_TURN, Math.min(capacity, places.size()))) {
            turn = Math.max(1, now - turnSince);
            turnSince = now;
            newcomers = 0;
        }
        while (places.size() >= capacity && !order.isEmpty()) {
            places.remove(order.removeFirst().hash);
        }
        double below = turn > 0 ? halfLife.in(turn) * halfLife.depth() * random.nextDouble() : 0;
        move(null, hash, now - below);
    }

    private double turn() {
        return Math.max(1, turn > 0 ? turn : now - turnSince);
    }

    private void move(@Nullable Place before, long hash, double at) {
        if (before != null) {
            order.remove(before);
        }
        var place = new Place(at, hash);
        places.put(hash, place);
        order.add(place);
    }
}
