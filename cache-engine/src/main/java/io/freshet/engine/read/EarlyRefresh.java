package io.freshet.engine.read;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides, read by read and by chance, whether a value is loaded anew before it expires: XFetch
 * (Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", 2015).
 *
 * <p>A read that comes {@code left} before the expiry refreshes when {@code cost * beta * -ln(u)},
 * u evenly between 0 and 1, is not less: with probability {@code exp(-left / (cost * beta))}. So a
 * value that is read often is loaded anew about when a load that begins then ends in time, by one
 * of its readers; one that is read seldom is left to expire.
 */
final class EarlyRefresh {

    private final RandomGenerator random;

    EarlyRefresh(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Decides for one read.
     *
     * @param left until the value expires
     * @param cost what loading it took the last time
     * @param beta above 1 earlier, below 1 later, 0 never
     */
    boolean isDue(Duration left, Duration cost, double beta) {
        double reach = cost.toNanos() * beta;
        return reach > 0 && reach * -Math.log(1 - random.nextDouble()) >= left.toNanos();
    }
}
