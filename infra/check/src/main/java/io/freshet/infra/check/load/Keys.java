package io.freshet.infra.check.load;

import io.freshet.infra.check.history.Register;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The key space: items on shelves. A few are hot, a few are slow to load, most are written seldom
 * enough that a lost invalidation stays visible.
 */
public final class Keys {
    public static final String NAMESPACE = "check";

    static final int ITEMS = 1_000;
    static final int SLOW = 8;

    private static final int HOT = 40;
    private static final int HOT_PERCENT = 30;
    private static final int SHELVES = 10;
    private static final int GROUPS = 20;
    private static final List<String> SHELF_NAMES =
            IntStream.range(0, SHELVES).mapToObj(n -> "shelf-" + n).toList();
    private static final List<String> GROUP_NAMES =
            IntStream.range(0, GROUPS).mapToObj(n -> "group-" + n).toList();

    static final Register WORLD = new Register("world");

    private Keys() {}

    /** The key of an item. */
    public static String item(int number) {
        return "%s.item-%04d".formatted(SHELF_NAMES.get(number % SHELVES), number);
    }

    /** The shelf that a key lies on. */
    static String shelf(String key) {
        return key.substring(0, key.indexOf('.'));
    }

    static List<String> shelves() {
        return SHELF_NAMES;
    }

    static List<String> groups() {
        return GROUP_NAMES;
    }

    /** All keys. */
    public static List<String> all() {
        return IntStream.range(0, ITEMS).mapToObj(Keys::item).toList();
    }

    /** One that is not slow; often a hot one. */
    static int any(RandomGenerator random) {
        return random.nextInt(100) < HOT_PERCENT
                ? random.nextInt(HOT)
                : random.nextInt(ITEMS - SLOW);
    }

    /** One of the last, which a fault makes slow to load. */
    static int slow(RandomGenerator random) {
        return ITEMS - 1 - random.nextInt(SLOW);
    }

    static boolean isSlow(int number) {
        return number >= ITEMS - SLOW;
    }

    static <T> T anyOf(List<T> some, RandomGenerator random) {
        return some.get(random.nextInt(some.size()));
    }
}
