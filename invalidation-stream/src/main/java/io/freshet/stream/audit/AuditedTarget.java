package io.freshet.stream.audit;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.Marker;
import io.freshet.stream.applier.EvictionTarget;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The shared tier, with note taken of what is evicted from it. */
record AuditedTarget(EvictionTarget target, Effects effects) implements EvictionTarget {

    @Override
    public CompletionStage<ApplyOutcome> apply(BucketBatch batch) {
        return target.apply(batch)
                .thenApply(outcome -> {
                    effects.carriedOut(batch, outcome);
                    return outcome;
                });
    }

    @Override
    public CompletionStage<Map<Integer, Marker>> markers(
            Namespace namespace, Collection<Integer> buckets) {
        return target.markers(namespace, buckets);
    }

    @Override
    public CompletionStage<Marker> initialise(
            Namespace namespace, int bucket, Stamp at, long nextOffset) {
        return target.initialise(namespace, bucket, at, nextOffset);
    }

    @Override
    public CompletionStage<Set<String>> servers() {
        return target.servers();
    }
}
