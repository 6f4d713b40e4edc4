package io.freshet.api.entry;

import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.Outcome;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.LeaseLookup;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.ReadOptions;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A read of a caller that loads by itself: of all in the cluster who miss a key one is told to.
 *
 * @param patience for how long a value is waited for that another loads
 */
record LeasedRead(
        Node node, Catalog.Served namespace, EntryKey key, ReadOptions options, Duration patience) {

    /** What was found; whoever is to load, or is not, is told so by a problem. */
    Mono<Lookup> find() {
        long start = System.nanoTime();
        return Outcome.of(node.running().cache().lease(namespace.config(), key, options, patience))
                .map(found -> {
                    namespace.meters().took(Operation.GET, start);
                    return switch (found) {
                        case LeaseLookup.Answered(var lookup) -> {
                            namespace.meters().found(lookup, options);
                            yield lookup;
                        }
                        case LeaseLookup.Granted(var token, var length) -> {
                            namespace.meters().missed();
                            throw granted(token, length);
                        }
                        case LeaseLookup.Busy(var left) -> {
                            namespace.meters().missed();
                            throw busy(left);
                        }
                    };
                });
    }

    private static ProblemException granted(MissToken token, Duration length) {
        return Problem.of(
                        ProblemCode.KEY_NOT_FOUND,
                        "not in the cache, and no other caller loads it: load it, and PUT it with"
                                + " this Freshet-Miss-Token")
                .with(FreshetHeaders.CACHE_HIT, "false")
                .with(FreshetHeaders.CACHE_TIER, TierName.of(Lookup.Tier.L2))
                .with(FreshetHeaders.MISS_TOKEN, token.toString())
                .with(FreshetHeaders.LEASE, Long.toString(length.toMillis()))
                .toException();
    }

    private static ProblemException busy(Duration left) {
        return Problem.of(
                        ProblemCode.LEASE_HELD,
                        "another caller loads it: ask again, or wait for it with ?lease&wait=")
                .with("Retry-After", Long.toString(Math.ceilDiv(left.toMillis(), 1_000L)))
                .toException();
    }
}
