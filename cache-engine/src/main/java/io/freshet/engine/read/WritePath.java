package io.freshet.engine.read;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.EntryRegistry;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Takes values that callers bring.
 *
 * <p>Where a source stands behind the namespace, a value is a fill like any other: it carries the
 * stamp of its miss token and is refused when it was overtaken. Where none does, the value is the
 * truth: it is never refused, carries the largest stamp around, and a {@code replaced} event
 * follows it, which drops the copies that other nodes read before.
 */
public final class WritePath {

    private final LogView view;
    private final ReadPath reads;
    private final Filler filler;
    private final EntryFactory entries;
    private final EntryRegistry registry;
    private final EntryStore store;
    private final NearTier near;
    private final Inbox inbox;
    private final CallerLeases leases;
    private final String node;

    WritePath(
            LogView view,
            ReadPath reads,
            Filler filler,
            EntryFactory entries,
            EntryRegistry registry,
            EntryStore store,
            NearTier near,
            Inbox inbox,
            CallerLeases leases,
            String node) {
        this.view = view;
        this.reads = reads;
        this.filler = filler;
        this.entries = entries;
        this.registry = registry;
        this.store = store;
        this.near = near;
        this.inbox = inbox;
        this.leases = leases;
        this.node = node;
    }

    /** Stores a value without a token. */
    public CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value) {
        if (!view.isReady()) {
            return unavailable(Lookup.Reason.NOT_READY);
        }
        if (namespace.source() == null) {
            return replace(namespace, key, value);
        }
        return namespace.putWithoutToken()
                ? fill(namespace, key, value, view.position(namespace.name(), key).stamp())
                : CompletableFuture.completedStage(new PutResult.TokenRequired());
    }

    /**
     * Stores a value that was loaded after the miss that handed out the token; the lease that came
     * with it ends, whatever becomes of the value.
     */
    public CompletionStage<PutResult> put(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token) {
        return withToken(namespace, key, value, token)
                .whenComplete((_, _) -> leases.done(namespace, key, token));
    }

    private CompletionStage<PutResult> withToken(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token) {
        if (!view.isReady()) {
            return unavailable(Lookup.Reason.NOT_READY);
        }
        if (namespace.source() == null) {
            return replace(namespace, key, value);
        }
        boolean ofThisKey = token.position().partition() == view.partitionOf(namespace.name(), key);
        return ofThisKey
                ? fill(namespace, key, value, token.position().stamp())
                : CompletableFuture.completedStage(new PutResult.Invalidated());
    }

    private CompletionStage<PutResult> fill(
            NamespaceConfig namespace, EntryKey key, NewValue value, Stamp stamp) {
        CompletionStage<Boolean> present = reads.isPresent(namespace, key);
        return filler.fill(namespace.name(), key, entries.of(namespace, key, value, stamp))
                .thenCombine(
                        present,
                        (filled, wasPresent) ->
                                switch (filled) {
                                    case Filler.Filled.Overtaken() -> new PutResult.Invalidated();
                                    case Filler.Filled.NoRoom _ -> new PutResult.Full();
                                    case Filler.Filled.True(_, boolean cached) ->
                                            cached
                                                    ? new PutResult.Stored(!wasPresent)
                                                    : new PutResult.Unavailable(
                                                            Lookup.Reason.STORE_UNAVAILABLE);
                                });
    }

    private CompletionStage<PutResult> replace(
            NamespaceConfig namespace, EntryKey key, NewValue value) {
        Namespace name = namespace.name();
        LogPosition noted = view.position(name, key);
        Entry entry = entries.of(namespace, key, value, noted.stamp());
        return register(name, key, entry.header())
                .thenCompose(_ -> write(name, key, entry))
                .<PutResult>thenApply(outcome ->
                        switch (outcome) {
                            case PutOutcome.Stored(var before, _) ->
                                    new PutResult.Stored(
                                            !reads.isPresent(namespace, key, before, noted));
                            case PutOutcome.Full() -> new PutResult.Full();
                        })
                .exceptionally(WritePath::withoutStore);
    }

    /** Announces it even if the store does not answer: it may have taken the value. */
    private CompletionStage<PutOutcome> write(Namespace namespace, EntryKey key, Entry entry) {
        return store.put(namespace, key, entry)
                .handle((outcome, failure) ->
                        announce(namespace, key)
                                .thenCompose(_ ->
                                        failure == null
                                                ? registerAsStored(namespace, key, entry, outcome)
                                                : CompletableFuture.failedStage(failure)))
                .thenCompose(stage -> stage);
    }

    /**
     * The store may have stamped the value higher than it was registered with. The expander may
     * have forgotten that registration by now, over a purge that the value survives.
     */
    private CompletionStage<PutOutcome> registerAsStored(
            Namespace namespace, EntryKey key, Entry entry, PutOutcome outcome) {
        EntryHeader header = entry.header();
        return outcome instanceof PutOutcome.Stored(_, var stamp) && !stamp.equals(header.stamp())
                ? register(namespace, key, header.withStamp(stamp)).thenApply(_ -> outcome)
                : CompletableFuture.completedStage(outcome);
    }

    private CompletionStage<Void> register(Namespace namespace, EntryKey key, EntryHeader header) {
        return registry.register(
                new Registration(
                        namespace, key, header.stamp(), header.tags(), header.hardExpiry()));
    }

    private static PutResult withoutStore(Throwable failure) {
        if (failure instanceof CompletionException
                && failure.getCause() instanceof StoreUnavailableException) {
            return new PutResult.Unavailable(Lookup.Reason.STORE_UNAVAILABLE);
        }
        throw failure instanceof CompletionException e ? e : new CompletionException(failure);
    }

    private CompletionStage<?> announce(Namespace namespace, EntryKey key) {
        near.drop(namespace, key);
        return inbox.announce(new Event.Replaced(namespace, key, node, entries.now()));
    }

    private static CompletionStage<PutResult> unavailable(Lookup.Reason reason) {
        return CompletableFuture.completedStage(new PutResult.Unavailable(reason));
    }
}
