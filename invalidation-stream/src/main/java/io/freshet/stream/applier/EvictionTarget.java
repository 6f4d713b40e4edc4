package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.Marker;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The shared tier as the applier uses it. Each call is atomic in its bucket and may be repeated.
 *
 * <p>Stages fail with {@link io.freshet.engine.store.StoreUnavailableException}; it is then unknown
 * whether the call took effect. Nothing blocks.
 */
public interface EvictionTarget {

    /** Raises {@code begun}, evicts, then moves the marker; or does nothing and says why. */
    CompletionStage<ApplyOutcome> apply(BucketBatch batch);

    /** The markers of buckets; those without one are missing from the answer. */
    CompletionStage<Map<Integer, Marker>> markers(Namespace namespace, Collection<Integer> buckets);

    /**
     * Gives a bucket its marker unless it has one.
     *
     * @param at its {@code begun} and {@code applied}
     * @return the marker that it has now
     */
    CompletionStage<Marker> initialise(Namespace namespace, int bucket, Stamp at, long nextOffset);

    /**
     * Names the servers that hold the buckets; other names are other servers, or restarted ones.
     */
    CompletionStage<Set<String>> servers();
}
