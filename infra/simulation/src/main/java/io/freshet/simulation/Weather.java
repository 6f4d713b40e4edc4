package io.freshet.simulation;

import io.freshet.engine.namespace.Refresh;
import io.freshet.engine.namespace.StalePolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The odds of one history. Every seed draws its own, within its climate, and draws them anew each
 * time the weather turns: so some histories are mostly lag and some mostly fail-over, where even
 * odds would give all of them a little of everything.
 */
final class Weather {

    /** How likely what must happen is picked, where a message has {@value Schedule#EVEN}. */
    private static final int[] PACES = {1, 5, Schedule.EVEN, Schedule.EVEN, 4 * Schedule.EVEN};

    /** By how much what need not happen is likelier than its weight says. */
    private static final int[] MOODS = {0, 1, 1, 2, 8};

    private static final int NONE = -1;
    private static final int[] LENGTHS = {40, 80, 120};
    private static final int[] SPELLS = {8, 20, 50, Integer.MAX_VALUE};
    private static final int[] STRAGGLERS = {0, 10, 40};
    private static final int[] SILENCES = {0, 0, 5};
    private static final int[] MEMORIES = {1, 2, 4};
    private static final Duration[] WINDOWS = {
        Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(3)
    };

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration[] TTLS = {Duration.ofSeconds(2), Duration.ofSeconds(5), HOUR};
    private static final Duration[] GRACES = {Duration.ZERO, Duration.ofSeconds(3), HOUR};
    private static final int[] FAILURES = {10, 30, 60};
    private static final StalePolicy[] POLICIES = StalePolicy.values();

    private final Climate climate;
    private final SplittableRandom random;
    private final boolean even;
    private final int length;
    private final int spell;
    private final int stragglers;
    private final int silence;
    private final int memory;
    private final int favourite;
    private final boolean slowFills;
    private final boolean patient;
    private final boolean filled;
    private final boolean putting;
    private final boolean standby;
    private final boolean writing;
    private final Duration window;
    private final Duration ttl;
    private final Refresh refresh;
    private final int failures;

    Weather(Climate climate, SplittableRandom random) {
        this.climate = climate;
        this.random = random;
        boolean isDirected = climate != Climate.CHANGEABLE;
        even = oneIn(8);
        length = any(LENGTHS);
        spell = any(SPELLS);
        stragglers = any(STRAGGLERS);
        silence = isDirected ? 0 : any(SILENCES);
        memory = any(MEMORIES);
        favourite = isDirected || oneIn(2) ? random.nextInt(SimKeys.COUNT) : NONE;
        slowFills = climate == Climate.CROWD || oneIn(4);
        patient = climate == Climate.PUTTING || oneIn(4);
        filled = climate == Climate.FAILOVER || oneIn(2);
        putting = climate == Climate.PUTTING || oneIn(3);
        standby = climate == Climate.STANDBY || oneIn(4);
        writing = climate == Climate.WRITING || oneIn(3);
        window = WINDOWS[random.nextInt(WINDOWS.length)];
        boolean isExpiring = climate == Climate.EXPIRY;
        ttl = isExpiring || oneIn(4) ? any(TTLS) : HOUR;
        failures = isExpiring || oneIn(4) ? any(FAILURES) : 0;
        refresh =
                new Refresh(
                        any(GRACES),
                        any(GRACES),
                        0,
                        oneIn(4) ? 50 : 0,
                        Duration.ofMinutes(1),
                        oneIn(3) ? Duration.ZERO : Duration.ofSeconds(3));
    }

    boolean brings(Trouble trouble) {
        return climate.brings(trouble);
    }

    /** Steps for which the world is disturbed. */
    int length() {
        return length;
    }

    /** Steps until the weather turns. */
    int spell() {
        return spell;
    }

    /** How often, of a hundred times, a server does not answer. */
    int silence() {
        return silence;
    }

    /** Key invalidations that a node remembers of each partition. */
    int memory() {
        return memory;
    }

    /** Whether fills take their time. */
    boolean slowFills() {
        return slowFills;
    }

    /** Whether nobody gives up waiting soon. */
    boolean patient() {
        return patient;
    }

    /** Whether the store holds something from the start. */
    boolean filled() {
        return filled;
    }

    /** Whether there are callers who put values. */
    boolean putting() {
        return putting;
    }

    /** Whether sources are read from a standby. */
    boolean standby() {
        return standby;
    }

    /** Whether a change of a key brings the row that takes its place. */
    boolean writing() {
        return writing;
    }

    /** How far behind its database a namespace may be. */
    Duration window() {
        return window;
    }

    /** How long values live. */
    Duration ttl() {
        return ttl;
    }

    /** When they are loaded anew. */
    Refresh refresh() {
        return refresh;
    }

    /** How often, of a hundred times, a source fails. */
    int failures() {
        return failures;
    }

    /** What becomes of reads when it is further behind. */
    StalePolicy stalePolicy() {
        return POLICIES[random.nextInt(POLICIES.length)];
    }

    /** One of the rows; most often the same one, if this history has a favourite. */
    int row(List<Integer> rows) {
        return favourite != NONE && random.nextInt(4) > 0
                ? rows.get(favourite % rows.size())
                : rows.get(random.nextInt(rows.size()));
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

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private Duration any(Duration[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int any(int[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
