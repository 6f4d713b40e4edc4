package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.verify.Consistency.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsistencyTest {

    private static final Line LINE = new Line(new Namespace("cities"), Duration.ofSeconds(5));

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final Consistency consistency = new Consistency(now::get);

    @Test
    void shouldNeverClaimMoreNinesThanWereMeasured() {
        assertThat(new Score(0, 0).nines()).isNaN();
        assertThat(new Score(999, 0).nines()).isCloseTo(3, within(1e-9));
        assertThat(new Score(1_999, 1).nines()).isCloseTo(3, within(1e-9));
        assertThat(new Score(10, 10).nines()).isZero();
    }

    @Test
    void shouldCountWhatIsNotWhatTheSourceSays() {
        find(Finding.CONSISTENT, 7);
        find(Finding.LAGGING, 1);
        find(Finding.VIOLATION, 2);

        assertThat(consistency.score(LINE)).isEqualTo(new Score(10, 3));
    }

    @Test
    void shouldNotCountWhatSaysNothing() {
        for (Finding finding :
                new Finding[] {Finding.ABSENT, Finding.MARKED, Finding.UNDECIDED, Finding.FAILED}) {
            find(finding, 5);
        }

        assertThat(consistency.lines()).isEmpty();
    }

    @Test
    void shouldForgetAfterAnHour() {
        find(Finding.VIOLATION, 1);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(59)));
        find(Finding.CONSISTENT, 1);
        assertThat(consistency.score(LINE)).isEqualTo(new Score(2, 1));

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));

        assertThat(consistency.score(LINE)).isEqualTo(new Score(1, 0));
    }

    private void find(Finding finding, int times) {
        IntStream.range(0, times)
                .forEach(_ -> consistency.found(LINE.namespace(), LINE.after(), finding));
    }
}
