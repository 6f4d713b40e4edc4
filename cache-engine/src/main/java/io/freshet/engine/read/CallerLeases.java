package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.LeaseLookup;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.MissToken;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.Contest.Contender;
import io.freshet.engine.read.Contest.Outcome;
import io.freshet.engine.source.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads for callers that load by themselves, so that of all who miss a key one loads it.
 *
 * <p>Failure modes: without a store, outside the consistency window, or where the namespace has no
 * leases, everybody is told of the miss and nobody has a lease.
 */
public final class CallerLeases {

    private final LogView view;
    private final ReadPath reads;
    private final Window window;
    private final Contest contest;

    CallerLeases(LogView view, ReadPath reads, Window window, Contest contest) {
        this.view = view;
        this.reads = reads;
        this.window = window;
        this.contest = contest;
    }

    /**
     * Reads, without loading. A probe is told what there is, and never to load.
     *
     * @param source null when the namespace has none; only refreshes what is stale
     * @param patience for how long a value is waited for that another caller loads
     */
    public CompletionStage<LeaseLookup> get(
            NamespaceConfig namespace,
            EntryKey key,
            @Nullable Source source,
            ReadOptions options,
            Duration patience) {
        return reads.get(namespace, key, source, options.withoutLoading())
                .thenCompose(lookup ->
                        lookup instanceof Lookup.Absent
                                        && !options.probe()
                                        && mayLease(namespace, key)
                                ? contend(namespace, key, patience, lookup)
                                : CompletableFuture.completedStage(
                                        new LeaseLookup.Answered(lookup)));
    }

    /** Gives back the lease that a token came with, if it came with one. */
    void done(NamespaceConfig namespace, EntryKey key, MissToken token) {
        if (token.lease() != null) {
            contest.leave(namespace, key, token.lease());
        }
    }

    private boolean mayLease(NamespaceConfig namespace, EntryKey key) {
        return !namespace.refreshOf(key).lease().isZero()
                && !window.isExceeded(namespace, view.partitionOf(namespace.name(), key));
    }

    private CompletionStage<LeaseLookup> contend(
            NamespaceConfig namespace, EntryKey key, Duration patience, Lookup miss) {
        var contender = new Contender(namespace, key, patience, null);
        return contest.enter(contender)
                .thenApply(outcome ->
                        switch (outcome) {
                            case Outcome.Won(var holder, var noted) ->
                                    new LeaseLookup.Granted(
                                            new MissToken(noted, holder), contender.lease());
                            case Outcome.Filled(var judged) ->
                                    new LeaseLookup.Answered(found(judged.entry(), miss));
                            case Outcome.Outwaited(var left) -> new LeaseLookup.Busy(left);
                            case Outcome.Unavailable() -> new LeaseLookup.Answered(miss);
                        });
    }

    private Lookup found(Entry entry, Lookup miss) {
        EntryHeader header = entry.header();
        return switch (header.kind()) {
            case VALUE -> new Lookup.Hit(entry, Tier.L2, false, partitioned(header, miss));
            case ABSENT -> miss;
            case LIST, SET, HASH, COUNTER -> Lookup.Unavailable.ofStructure(header.kind());
        };
    }

    private static LogPosition partitioned(EntryHeader header, Lookup miss) {
        int partition =
                miss instanceof Lookup.Absent(_, var token) ? token.position().partition() : 0;
        return new LogPosition(partition, header.stamp());
    }
}
