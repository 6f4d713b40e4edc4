package io.freshet.api.consistency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** X6: what several verifiers found, together. */
class ConsistencyBoardTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Namespace CITIES = new Namespace("cities");
    private static final Duration EARLY = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final ConsistencyBoard board = new ConsistencyBoard(now::get);

    @Test
    void shouldAddUpWhatVerifiersFound() {
        board.update(report("w1", NOON, new Score(99, 0), new Score(50, 4), null));
        board.update(report("w1", NOON, new Score(500, 0), new Score(99, 0), null));
        board.update(report("w2", NOON, new Score(499, 0), new Score(0, 0), null));

        Verdict verdict = of(CITIES);

        assertThat(verdict.together()).isEqualTo(new Score(1_098, 0));
        assertThat(verdict.checks().get(EARLY)).isEqualTo(new Score(999, 0));
        assertThat(verdict.nines()).isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldTellTheLatestViolationOfAll() {
        board.update(report("w1", NOON, new Score(9, 1), new Score(9, 0), violation(2)));
        board.update(report("w2", NOON, new Score(9, 1), new Score(9, 0), violation(1)));
        board.update(report("w3", NOON, new Score(9, 0), new Score(9, 0), null));

        assertThat(requireNonNull(of(CITIES).last()).at()).isEqualTo(violation(2).at());
    }

    @Test
    void shouldTellNamespacesApartInTheOrderAskedFor() {
        var towns = new Namespace("towns");
        board.update(report("w1", NOON, new Score(9, 0), new Score(9, 0), null));
        board.update(
                new ConsistencyReport(
                        "w1", towns, NOON, List.of(new Checks(EARLY, new Score(5, 1))), null));

        List<Verdict> verdicts = board.of(List.of(towns, CITIES));

        assertThat(verdicts).extracting(Verdict::namespace).containsExactly(towns, CITIES);
        assertThat(verdicts)
                .extracting(Verdict::together)
                .containsExactly(new Score(5, 1), new Score(18, 0));
    }

    @Test
    void shouldKnowNothingOfANamespaceThatNobodyVerified() {
        board.update(report("w1", NOON, new Score(9, 0), new Score(9, 0), null));

        assertThat(of(new Namespace("sessions")).nines()).isNaN();
    }

    @Test
    void shouldForgetAVerifierThatIsSilentForAnHour() {
        board.update(report("w1", NOON, new Score(9, 1), new Score(9, 0), violation(1)));

        now.set(NOON.plus(Duration.ofMinutes(61)));

        assertThat(of(CITIES).checks()).isEmpty();
        assertThat(of(CITIES).last()).isNull();
    }

    private Verdict of(Namespace namespace) {
        return board.of(List.of(namespace)).getFirst();
    }

    private static ConsistencyReport report(
            String worker, Instant at, Score early, Score late, @Nullable Violation last) {
        return new ConsistencyReport(
                worker,
                CITIES,
                at,
                List.of(new Checks(EARLY, early), new Checks(LATE, late)),
                last);
    }

    private static Violation violation(int minute) {
        return new Violation(
                NOON.plus(Duration.ofMinutes(minute)),
                new EntryKey("key"),
                "http://node",
                EARLY,
                "event-lost");
    }
}
