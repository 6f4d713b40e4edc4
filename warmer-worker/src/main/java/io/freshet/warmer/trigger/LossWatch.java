package io.freshet.warmer.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Notices that Redis has lost what it held, by {@linkplain Canaries marks} that only a loss
 * removes. Of all workers one is told of each. Not thread-safe.
 *
 * <p>Where nothing was ever marked, the first marking looks like a loss, and is one as far as
 * warming goes: nothing is cached there.
 */
public final class LossWatch {

    /** The applier gives the buckets their markers anew first; until then nothing can be cached. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Canaries canaries;
    private @Nullable Instant noticed;

    /** Marks in Redis, spread over its servers, which stay until they are lost. */
    @FunctionalInterface
    public interface Canaries {

        /**
         * Sets those that are missing; blocks.
         *
         * @return how many were missing, which no other caller is told
         * @throws CompletionException when Redis does not answer
         */
        int restore();
    }

    public LossWatch(Canaries canaries) {
        this.canaries = canaries;
    }

    /** Looks; whether there was a loss, and it is time to warm what is gone. */
    boolean isTimeToWarm(Instant now) {
        try {
            if (canaries.restore() > 0) {
                noticed = now;
            }
        } catch (CompletionException _) {
            // It is away. What it has lost by then is seen when it is back.
            return false;
        }
        Instant since = noticed;
        if (since == null || now.isBefore(since.plus(SETTLING))) {
            return false;
        }
        noticed = null;
        return true;
    }
}
