package io.freshet.warmer.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** F4: warming backs off when the source slows. */
class AdaptiveLimitTest {

    private final AdaptiveLimit limit = new AdaptiveLimit(16);

    @Test
    void shouldGrowToItsMostWhileTheSourceKeepsItsPace() {
        answers(400, Duration.ofMillis(10));

        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void shouldFallToOneLoadWhenTheSourceSlows() {
        answers(400, Duration.ofMillis(10));

        answers(200, Duration.ofMillis(60));

        assertThat(limit.current()).isEqualTo(1);
    }

    @Test
    void shouldGrowAgainWhenTheSourceHasRecovered() {
        answers(400, Duration.ofMillis(10));
        answers(200, Duration.ofMillis(60));

        answers(400, Duration.ofMillis(10));

        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void shouldFallToOneLoadWhenTheSourceFails() {
        answers(400, Duration.ofMillis(10));

        for (int i = 0; i < 200; i++) {
            limit.failed();
        }

        assertThat(limit.current()).isEqualTo(1);
    }

    @Test
    void shouldTakeForNormalInTheEndWhatStaysSlow() {
        answers(400, Duration.ofMillis(10));

        answers(8_000, Duration.ofMillis(60));

        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void shouldNotMindDifferencesThatMeanNothing() {
        answers(400, Duration.ofNanos(200_000));

        answers(400, Duration.ofNanos(1_500_000));

        assertThat(limit.current()).isEqualTo(16);
    }

    /** A source of two connections: what is more than two at a time waits for its turn. */
    @Test
    void shouldSettleAboutWhereTheSourceIsBusyAndNoFurther() {
        var source = new BusySource(2, 10);
        long most = 0;

        for (int i = 0; i < 4_000; i++) {
            source.keepBusy(limit.current());
            limit.answered(Duration.ofMillis(source.nextAnswer()));
            if (i > 1_000) {
                most = Math.max(most, limit.current());
            }
        }

        assertThat(most).isBetween(4L, 8L);
    }

    private void answers(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            limit.answered(took);
        }
    }

    /** So many servers behind one queue, in virtual time. */
    private static final class BusySource {

        private record Load(long began, long ends) {}

        private final PriorityQueue<Long> free = new PriorityQueue<>();
        private final PriorityQueue<Load> underWay =
                new PriorityQueue<>(Comparator.comparingLong(Load::ends));
        private final long millis;
        private long now;

        BusySource(int servers, long millis) {
            this.millis = millis;
            for (int i = 0; i < servers; i++) {
                free.add(0L);
            }
        }

        void keepBusy(int loads) {
            while (underWay.size() < loads) {
                long starts = Math.max(now, free.remove());
                free.add(starts + millis);
                underWay.add(new Load(now, starts + millis));
            }
        }

        long nextAnswer() {
            Load load = underWay.remove();
            now = load.ends();
            return load.ends() - load.began();
        }
    }
}
