package io.freshet.engine.redis;

import io.freshet.engine.eviction.Offer;
import io.freshet.engine.eviction.Offers;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds room in one namespace for buckets that are at their quota.
 *
 * <p>The bounds of the namespace are divided among its buckets, and no bucket ever holds more than
 * its quota, whoever writes. A bucket that has to grow gets what another gave up before: what is
 * free there, else what the lowest entry in the order of the whole namespace leaves. While the
 * namespace is known to be full, large buckets evict from themselves instead, which costs nothing
 * and comes to the same; for a {@link #TRUSTED} at a time, so that quota moves to where it is
 * needed. A node that dies between taking and giving loses quota, which {@link Upkeep} finds.
 */
final class Room {

    /** For how long a full namespace is taken for full. */
    static final Duration TRUSTED = Duration.ofSeconds(1);

    private static final Duration OFFERS_HOLD = Duration.ofMillis(200);

    /**
     * What a write may do.
     *
     * @param granted quota that others gave up for it
     */
    record Permit(Quota granted, Terms.Mode mode) {}

    private final RedisBuckets buckets;
    private Offers offers = Offers.none();
    private @Nullable CompletableFuture<Offers> survey;
    private long surveyedAt;
    private long fullUntil = System.nanoTime();

    Room(RedisBuckets buckets) {
        this.buckets = buckets;
        this.surveyedAt = System.nanoTime();
    }

    /** What a write may evict that does not know of any lack yet. */
    synchronized Terms.Mode mode() {
        return fullUntil - System.nanoTime() > 0 ? Terms.Mode.IF_MANY : Terms.Mode.ASK;
    }

    /** Gets room for a bucket; a permit of nothing when nobody gives up any. */
    CompletionStage<@Nullable Permit> find(NamespaceConfig namespace, int bucket, Quota missing) {
        return new Search(namespace, bucket, missing).go();
    }

    private synchronized @Nullable Offer next(Quota missing, boolean isFreeOfNoUse) {
        if (System.nanoTime() - surveyedAt > OFFERS_HOLD.toNanos()) {
            return null;
        }
        return isFreeOfNoUse ? offers.nextVictim() : offers.next(missing);
    }

    private CompletionStage<Offers> surveyed(NamespaceConfig namespace) {
        CompletableFuture<Offers> mine;
        synchronized (this) {
            if (survey != null) {
                return survey;
            }
            mine = new CompletableFuture<>();
            survey = mine;
        }
        buckets.survey(namespace)
                .thenApply(states -> Offers.of(states, Quota.of(namespace.bounds())))
                .whenComplete((found, failure) -> arrived(mine, found, failure));
        return mine;
    }

    private void arrived(
            CompletableFuture<Offers> waiting,
            @Nullable Offers found,
            @Nullable Throwable failure) {
        synchronized (this) {
            survey = null;
            if (found != null) {
                offers = found;
                surveyedAt = System.nanoTime();
                if (found.areOfAFullNamespace()) {
                    fullUntil = System.nanoTime() + TRUSTED.toNanos();
                }
            }
        }
        if (found != null) {
            waiting.complete(found);
        } else {
            waiting.completeExceptionally(
                    failure == null ? new IllegalStateException("no survey") : failure);
        }
    }

    /** Asks one after the other, until there is enough. */
    private final class Search {

        private static final int MAX_SURVEYS = 4;

        private final NamespaceConfig namespace;
        private final int bucket;
        private Quota missing;
        private Quota found = Quota.NONE;
        private int surveys;
        private boolean isFoundNow;
        private boolean isFreeOfNoUse;

        Search(NamespaceConfig namespace, int bucket, Quota missing) {
            this.namespace = namespace;
            this.bucket = bucket;
            this.missing = missing;
        }

        CompletionStage<@Nullable Permit> go() {
            Offer offer = next(missing, isFreeOfNoUse);
            if (offer == null) {
                return again();
            }
            if (offer.bucket() == bucket) {
                return offer.isFree() ? go() : permit(Terms.Mode.ANY);
            }
            return buckets.take(namespace, offer.bucket(), wanted(offer), offer.upTo())
                    .thenCompose(this::received);
        }

        private CompletionStage<@Nullable Permit> received(Quota taken) {
            isFoundNow |= !taken.isNothing();
            found = found.plus(taken);
            missing = missing.without(taken);
            return missing.isNothing() ? permit(mode()) : go();
        }

        /** Nobody is left of those last surveyed: surveys once more, as long as that helps. */
        private CompletionStage<@Nullable Permit> again() {
            boolean helps = surveys == 0 || isFoundNow;
            if (!helps && !isFreeOfNoUse) {
                isFreeOfNoUse = true;
                return go();
            }
            if (!helps || surveys == MAX_SURVEYS) {
                return found.isNothing()
                        ? CompletableFuture.completedStage(null)
                        : permit(Terms.Mode.ANY);
            }
            surveys++;
            isFoundNow = false;
            return surveyed(namespace).thenCompose(_ -> go());
        }

        private CompletionStage<@Nullable Permit> permit(Terms.Mode mode) {
            return CompletableFuture.completedStage(new Permit(found, mode));
        }

        /** Of what is free it takes more than it needs now, so that it does not ask soon again. */
        private Quota wanted(Offer offer) {
            if (!offer.isFree()) {
                return missing;
            }
            return new Quota(
                    missing.entries() > 0 ? Math.max(1, offer.room().entries()) : 0,
                    missing.bytes() > 0 ? Math.max(1, offer.room().bytes()) : 0);
        }
    }
}
