package io.freshet.warmer.verify;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One of all that were offered since the last was taken, each as likely as any other. Thread-safe.
 */
final class Reservoir<T> {

    private final RandomGenerator random;
    private @Nullable T kept;
    private long offered;

    Reservoir(RandomGenerator random) {
        this.random = random;
    }

    synchronized void offer(T one) {
        offered++;
        if (kept == null || random.nextLong(offered) == 0) {
            kept = one;
        }
    }

    synchronized Optional<T> take() {
        Optional<T> taken = Optional.ofNullable(kept);
        kept = null;
        offered = 0;
        return taken;
    }
}
