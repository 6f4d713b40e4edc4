package io.freshet.stream.expansion;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random walks of a {@link World}; a failure names its seed. */
class CrashSimulationTest {

    /** More of them with {@code -Dfreshet.walks=...} on the test JVM. */
    private static final int WALKS = Integer.getInteger("freshet.walks", 5_000);

    private static final int STEPS = 80;

    @Test
    void shouldLeaveNothingStaleInRedisWhateverCrashesWhen() {
        for (long seed = 0; seed < WALKS; seed++) {
            long walk = seed;
            assertThatCode(() -> walk(walk)).as("seed %d", walk).doesNotThrowAnyException();
        }
    }

    private static void walk(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var world = new World(random);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.settle();
        world.check();
    }
}
