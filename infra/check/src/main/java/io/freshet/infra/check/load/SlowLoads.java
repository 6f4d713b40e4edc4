package io.freshet.infra.check.load;

import java.util.random.RandomGenerator;

/**
 * Whether some rows take long to load: longer than the window, and than each timeout on the way.
 */
public final class SlowLoads {
    private static final double[] SECONDS = {0.5, 3, 6, 12, 25};

    private volatile boolean on;

    public void turn(boolean on) {
        this.on = on;
    }

    double seconds(RandomGenerator random) {
        return on ? SECONDS[random.nextInt(SECONDS.length)] : 0;
    }
}
