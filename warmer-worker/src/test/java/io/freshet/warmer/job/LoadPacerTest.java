package io.freshet.warmer.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F4: the budget of source queries, whole and shared among workers. */
class LoadPacerTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldNeverLetMoreThanTheBudgetGoInASecond() throws Exception {
        assertThat(mostInASecond(begun(new LoadPacer(100, 1), 180))).isBetween(60, 100);
    }

    @Test
    void shouldKeepToItsShareOfTheBudget() throws Exception {
        var pacer = new LoadPacer(200, 1);
        pacer.share(1, 4);

        List<Long> begun = begun(pacer, 80);

        assertThat(mostInASecond(begun)).isBetween(25, 50);
    }

    @Test
    void shouldNotChangeItsShareWhileItHasNoPartition() throws Exception {
        var pacer = new LoadPacer(40, 1);
        pacer.share(1, 4);

        pacer.share(0, 4);

        assertThat(mostInASecond(begun(pacer, 15))).isLessThanOrEqualTo(10);
    }

    private static List<Long> begun(LoadPacer pacer, int loads) throws InterruptedException {
        List<Long> begun = new ArrayList<>();
        for (int i = 0; i < loads; i++) {
            pacer.enter();
            begun.add(System.nanoTime());
            pacer.answered(Duration.ofMillis(1));
        }
        return begun;
    }

    private static int mostInASecond(List<Long> begun) {
        int most = 0;
        for (int first = 0; first < begun.size(); first++) {
            long end = begun.get(first) + SECOND;
            int count =
                    (int)
                            begun.subList(first, begun.size()).stream()
                                    .filter(at -> at < end)
                                    .count();
            most = Math.max(most, count);
        }
        return most;
    }
}
