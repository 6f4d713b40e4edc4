package io.freshet.infra.check.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Register ROW = new Register("row");

    private final History history = new History();
    private final Judge judge = new Judge(Duration.ofMillis(100));

    @Test
    void shouldAcceptTheNewestVersion() {
        committed(version(1), 0);
        committed(version(2), 50);

        read(version(2), 500);

        assertThat(verdict().isGood()).isTrue();
        assertThat(verdict().answers()).isEqualTo(spread(1, 0, 0));
    }

    @Test
    void shouldAcceptAnOlderVersionInsideTheWindowAndMeasureIt() {
        committed(version(1), 0);
        committed(version(2), 50);

        read(version(1), 149);

        assertThat(verdict().isGood()).isTrue();
        assertThat(verdict().answers()).isEqualTo(spread(1, 1, 99));
    }

    @Test
    void shouldFindAnOlderVersionPastTheWindow() {
        committed(version(1), 0);
        committed(version(2), 50);

        read(version(1), 150);

        assertThat(verdict().violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.text())
                            .isEqualTo(
                                    "row: node-1 l1 answered version 1, which had been replaced by"
                                            + " version 2 100 ms before");
                    assertThat(violation.around())
                            .containsExactly(
                                    "    -150 ms version 1 committed",
                                    "    -100 ms version 2 committed",
                                    "      +0 ms version 1 read from node-1 l1  <- this");
                });
    }

    @Test
    void shouldFindAnAnswerThatDidNotKnowOfTheCommitThatWasDemanded() {
        committed(version(1), 0);
        committed(version(2), 50);

        history.read(ROW, new Read(version(1), ms(60), ms(61), ms(50), "node-1 l1"));

        assertThat(verdict().violationCount()).isEqualTo(1);
    }

    @Test
    void shouldFindARowThatIsStillServedAfterItWasDeleted() {
        committed(version(1), 0);
        committed(State.ABSENT, 50);

        read(version(1), 200);

        assertThat(verdict().violationCount()).isEqualTo(1);
    }

    @Test
    void shouldFindAnAbsenceThatIsStillAnsweredAfterTheRowWasInserted() {
        committed(State.ABSENT, 0);
        committed(version(1), 50);

        read(State.ABSENT, 200);

        assertThat(verdict().violationCount()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnAbsenceForTheNewestOne() {
        committed(State.ABSENT, 0);
        committed(version(1), 50);
        committed(State.ABSENT, 100);

        read(State.ABSENT, 1_000);

        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void shouldFindAVersionThatWasRolledBack() {
        committed(version(1), 0);
        committed(version(3), 50);

        read(version(2), 60);

        assertThat(verdict().violations())
                .singleElement()
                .isInstanceOf(Violation.NeverCommitted.class);
    }

    @Test
    void shouldFindAVersionThatWasReadBeforeItsCommitBegan() {
        history.wrote(ROW, new Write(version(1), ms(10), ms(11)));

        history.read(ROW, new Read(version(1), ms(1), ms(2), Read.NOTHING_DEMANDED, "node-1 l1"));

        assertThat(verdict().violations())
                .singleElement()
                .isInstanceOf(Violation.NeverCommitted.class);
    }

    @Test
    void shouldAcceptAVersionWhoseCommitIsNotAcknowledgedYet() {
        history.wrote(ROW, new Write(version(1), ms(1), ms(5_000)));

        read(version(1), 3);

        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void shouldFindWhatAnEarlierRunLeft() {
        committed(version(1_000), 0);

        read(version(7), 200);

        assertThat(verdict().violations()).singleElement().isInstanceOf(Violation.Outdated.class);
    }

    @Test
    void shouldKeepRegistersApart() {
        committed(version(7), 0);

        history.read(
                new Register("other"),
                new Read(State.ABSENT, ms(500), ms(501), Read.NOTHING_DEMANDED, "node-1 l2"));

        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void shouldMeasureHowLongEachCommitWasMissing() {
        committed(version(1), 0);
        committed(version(2), 50);
        committed(version(3), 80);
        read(version(1), 60);
        read(version(1), 90);
        read(version(3), 95);

        Spread commits = verdict().commits();

        assertThat(commits.count()).isEqualTo(3);
        assertThat(commits.above()).isEqualTo(2);
        assertThat(commits.p50()).isEqualTo(Duration.ofMillis(10));
        assertThat(commits.max()).isEqualTo(Duration.ofMillis(40));
    }

    private void committed(State state, long millis) {
        history.wrote(ROW, new Write(state, ms(millis) - 1, ms(millis)));
    }

    private void read(State state, long millis) {
        history.read(
                ROW,
                new Read(state, ms(millis), ms(millis) + 1, Read.NOTHING_DEMANDED, "node-1 l1"));
    }

    private Verdict verdict() {
        return judge.judge(history);
    }

    private static State version(long number) {
        return State.version(number);
    }

    private static Spread spread(long count, long above, long millis) {
        Duration each = Duration.ofMillis(millis);
        return new Spread(count, above, each, each, each);
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
