package io.freshet.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * X1 to X4: no history that the seeds reach breaks a promise, and the guards are missed when they
 * are gone. Longer: {@code -Dfreshet.simulation.histories=20000000}; elsewhere: {@code
 * -Dfreshet.simulation.seed=1000000}.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("freshet.simulation.histories", 1_000_000);
    private static final long FIRST_SEED = Long.getLong("freshet.simulation.seed", 0);

    @Test
    void shouldKeepEveryPromiseWhateverTheOrder() {
        // given
        long seeds = HISTORIES;

        // when
        Violation violation = Simulation.runAll(FIRST_SEED, seeds);

        // then
        assertThat(violation).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBreakAPromiseWithoutThisGuard(Guard guard) throws IOException {
        // given
        long seeds = 500_000;
        // when
        Violation violation = Simulation.shortestWithout(guard, 0, seeds, 3);
        // then
        assertThat(violation).as("no history misses " + guard).isNotNull();
        publish(guard, requireNonNull(violation));
    }

    @Test
    void shouldRunTheSameHistoryForTheSameSeed() {
        // given
        Guard guard = Guard.LATE_FILLS_REFUSED;
        var guards = EnumSet.complementOf(EnumSet.of(guard));
        Violation first = requireNonNull(Simulation.shortestWithout(guard, 0, 100_000, 1));

        // when
        Violation again = Simulation.replay(first.seed(), guard.climate(), guards);

        // then
        assertThat(again).isEqualTo(first);
    }

    private static void publish(Guard guard, Violation violation) throws IOException {
        Path file = Path.of("target", "mutants", guard + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Without %s: %s%n".formatted(guard, violation));
    }
}
