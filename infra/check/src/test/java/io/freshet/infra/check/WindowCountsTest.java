package io.freshet.infra.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowCountsTest {

    private final WindowCounts counts = new WindowCounts();

    @Test
    void shouldCountWhatWasAddedSinceTheFirstLook() {
        counts.take("node-1", metric(5));

        counts.take("node-1", metric(8));

        assertThat(counts.total()).isEqualTo(3);
    }

    @Test
    void shouldCountOnOverARestart() {
        counts.take("node-1", metric(5));
        counts.take("node-1", metric(8));

        counts.take("node-1", metric(2));

        assertThat(counts.total()).isEqualTo(5);
    }

    @Test
    void shouldLeaveOtherNamespacesOut() {
        counts.take("node-1", "freshet_window_exceeded_total{namespace=\"cities\"} 1.0\n");

        counts.take("node-1", "freshet_window_exceeded_total{namespace=\"cities\"} 7.0\n");

        assertThat(counts.total()).isZero();
    }

    private static String metric(int value) {
        return "# TYPE freshet_window_exceeded_total counter\n"
                + "freshet_window_exceeded_total{namespace=\"check\"} "
                + value
                + ".0\n";
    }
}
