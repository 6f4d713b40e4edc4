package io.freshet.engine.redis;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.BucketState;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes room in a Redis that has no memory left: evicts what is lowest in the order of a namespace,
 * and when that has nobody to let go, of the others.
 */
final class Relief {

    /** Place above every entry that may go. */
    private static final long ANYBODY = (1L << 53) - 1;

    /** Buckets asked before it is tried whether the write goes through now. */
    private static final int AT_ONCE = 8;

    private final RedisBuckets buckets;
    private final KnownNamespaces known;

    Relief(RedisBuckets buckets, KnownNamespaces known) {
        this.buckets = buckets;
        this.known = known;
    }

    /**
     * Evicts.
     *
     * @param needy the bucket for which it is done; on a Cluster its server is the one that is full
     * @return the bytes that became free, by the accounts; less than asked where there was no more
     */
    CompletionStage<Long> make(NamespaceConfig first, int needy, long bytes) {
        var order = new ArrayDeque<NamespaceConfig>();
        order.add(first);
        known.all().stream()
                .filter(other -> !other.name().equals(first.name()))
                .sorted(Comparator.comparing(NamespaceConfig::name))
                .forEach(order::add);
        return inTurn(order, needy, bytes, 0);
    }

    private CompletionStage<Long> inTurn(
            Deque<NamespaceConfig> namespaces, int needy, long bytes, long soFar) {
        NamespaceConfig next = namespaces.poll();
        if (next == null || soFar >= bytes) {
            return CompletableFuture.completedStage(soFar);
        }
        return buckets.survey(next)
                .thenCompose(survey -> lowest(next.name(), steps(survey, needy), bytes - soFar, 0))
                .thenCompose(freed -> inTurn(namespaces, needy, bytes, soFar + freed));
    }

    /** Evict from that bucket what is not above that place. */
    private record Step(int bucket, long upTo) {}

    /** The lowest first, each up to where the next one begins; at last the needy one itself. */
    private static Deque<Step> steps(List<BucketState> survey, int needy) {
        List<BucketState> sorted =
                survey.stream()
                        .filter(BucketState::hasVictim)
                        .sorted(Comparator.comparingLong(BucketState::victim))
                        .toList();
        var steps = new ArrayList<Step>();
        int count = Math.min(AT_ONCE, sorted.size());
        for (int i = 0; i < count; i++) {
            long upTo = i + 1 < sorted.size() ? sorted.get(i + 1).victim() : ANYBODY;
            steps.add(new Step(sorted.get(i).bucket(), upTo));
        }
        if (sorted.stream().anyMatch(state -> state.bucket() == needy)) {
            steps.add(new Step(needy, ANYBODY));
        }
        return new ArrayDeque<>(steps);
    }

    private CompletionStage<Long> lowest(
            Namespace namespace, Deque<Step> steps, long bytes, long soFar) {
        Step step = steps.poll();
        if (step == null || soFar >= bytes) {
            return CompletableFuture.completedStage(soFar);
        }
        return buckets.relieve(namespace, step.bucket, bytes - soFar, step.upTo)
                .thenCompose(freed -> lowest(namespace, steps, bytes, soFar + freed));
    }
}
