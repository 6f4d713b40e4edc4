package io.freshet.engine.eviction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds quota of a namespace that no bucket has, or that two have: a node died between taking and
 * giving, or a failover undid one of the two.
 *
 * <p>Quota that is on its way between buckets looks the same for a moment. So it is lost only if it
 * is missing in every one of several surveys. For one thread.
 */
public final class LostQuota {

    private static final int SURVEYS = 5;

    private final Deque<Quota> missing = new ArrayDeque<>();
    private Quota bounds = Quota.NONE;

    /**
     * Looks at a survey.
     *
     * @return what is to be given to some bucket; less than zero for what is to be taken away
     */
    public Quota in(List<BucketState> survey, Quota boundsNow) {
        if (!boundsNow.equals(bounds)) {
            bounds = boundsNow;
            missing.clear();
        }
        Quota all = survey.stream().map(BucketState::quota).reduce(Quota.NONE, Quota::plus);
        missing.add(
                new Quota(
                        bounds.entries() == 0 ? 0 : bounds.entries() - all.entries(),
                        bounds.bytes() == 0 ? 0 : bounds.bytes() - all.bytes()));
        if (missing.size() <= SURVEYS) {
            return Quota.NONE;
        }
        missing.remove();
        var lost =
                new Quota(
                        least(missing.stream().mapToLong(Quota::entries).toArray()),
                        least(missing.stream().mapToLong(Quota::bytes).toArray()));
        if (!lost.equals(Quota.NONE)) {
            missing.clear();
        }
        return lost;
    }

    /** The one nearest to zero, or zero when they lie on both sides. */
    private static long least(long[] numbers) {
        long least = numbers[0];
        for (long number : numbers) {
            if (Long.signum(number) != Long.signum(least)) {
                return 0;
            }
            least = Math.abs(number) < Math.abs(least) ? number : least;
        }
        return least;
    }
}
