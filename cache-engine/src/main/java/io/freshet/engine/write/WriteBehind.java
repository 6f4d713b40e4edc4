package io.freshet.engine.write;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.WriteLog;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes writes that are answered once they are durable in Kafka, and answers reads from them until
 * the source has taken them.
 *
 * <p>A node that has accepted a write answers it at once; others do when they have read it from the
 * log of writes, milliseconds later. When the source has taken it, reads go through the cache
 * again, behind the invalidation that followed the commit.
 */
public final class WriteBehind {

    private final WriteLog log;
    private final PendingWrites pending;
    private final LogView view;
    private final InstantSource clock;
    private final long maxBytes;
    private final BooleanSupplier ready;

    /**
     * @param maxBytes what unwritten values may take of memory; beyond that none is accepted
     * @param ready whether this node knows what was written before it started
     */
    WriteBehind(
            WriteLog log,
            PendingWrites pending,
            LogView view,
            InstantSource clock,
            long maxBytes,
            BooleanSupplier ready) {
        this.log = log;
        this.pending = pending;
        this.view = view;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.ready = ready;
    }

    /** Accepts a value; fails when Kafka does not, and then it may be written all the same. */
    public CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value) {
        String unfit = WritableValue.problemOf(value);
        if (unfit != null) {
            return CompletableFuture.completedStage(new PutResult.Unwritable(unfit));
        }
        if (!ready.getAsBoolean()) {
            return unavailable(Lookup.Reason.NOT_READY);
        }
        if (pending.bytes() > maxBytes) {
            return unavailable(Lookup.Reason.SOURCE_UNAVAILABLE);
        }
        return append(
                        new SourceWrite.Put(
                                namespace.name(), key, WritableValue.text(value), clock.instant()))
                .thenApply(_ -> new PutResult.Queued());
    }

    /** Accepts a deletion; likewise. */
    public CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key) {
        return append(new SourceWrite.Delete(namespace.name(), key, clock.instant()))
                .thenApply(_ -> true);
    }

    private CompletionStage<Void> append(SourceWrite write) {
        return log.append(write).thenAccept(pending::own);
    }

    /**
     * Reads.
     *
     * @param cache reads as in any other namespace
     */
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace,
            EntryKey key,
            ReadOptions options,
            Function<ReadOptions, CompletionStage<Lookup>> cache) {
        PendingWrites.Pending written = pending.find(namespace.name(), key);
        if (written == null) {
            return ready.getAsBoolean()
                    ? cache.apply(options)
                    : CompletableFuture.completedStage(
                            new Lookup.Unavailable(Lookup.Reason.NOT_READY, null));
        }
        if (written.token() == null) {
            return CompletableFuture.completedStage(answer(namespace, key, written));
        }
        return cache.apply(options.behind(written.token()))
                .thenCompose(lookup -> {
                    if (!(lookup instanceof Lookup.Unavailable)) {
                        pending.forget(namespace.name(), key, written);
                    }
                    return options.after() == null
                            ? CompletableFuture.completedStage(lookup)
                            : cache.apply(options);
                });
    }

    private Lookup answer(NamespaceConfig namespace, EntryKey key, PendingWrites.Pending written) {
        LogPosition at = view.position(namespace.name(), key);
        byte @Nullable [] value = written.value();
        if (value == null) {
            return new Lookup.Absent(Lookup.Tier.PENDING, new MissToken(at));
        }
        Instant expiry = clock.instant().plus(namespace.ttlOf(key)).truncatedTo(ChronoUnit.MILLIS);
        var header =
                EntryHeader.unloaded(
                        EntryHeader.Kind.VALUE,
                        at.stamp(),
                        written.at().truncatedTo(ChronoUnit.MILLIS),
                        expiry,
                        Set.of());
        return new Lookup.Hit(new Entry(header, value), Lookup.Tier.PENDING, false, at);
    }

    private static CompletionStage<PutResult> unavailable(Lookup.Reason reason) {
        return CompletableFuture.completedStage(new PutResult.Unavailable(reason));
    }
}
