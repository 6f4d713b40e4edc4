package io.freshet.engine.read;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.trace.CurrentTrace;
import io.freshet.engine.Receipt;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Publishes invalidations and waits a moment until they are in force on this node, so that a caller
 * who reads here afterwards reads nothing older.
 */
public final class InvalidationPath {

    /** Waits until this node has met an event in the log. */
    @FunctionalInterface
    public interface Enforcement {

        /**
         * Waits a moment.
         *
         * @return whether it is in force here
         */
        CompletionStage<Boolean> of(InboxPosition token, Target target);
    }

    private final LogView view;
    private final ReadPath reads;
    private final Inbox inbox;
    private final Enforcement enforcement;
    private final EntryStore store;
    private final NearTier near;
    private final InstantSource clock;

    InvalidationPath(
            LogView view,
            ReadPath reads,
            Inbox inbox,
            Enforcement enforcement,
            EntryStore store,
            NearTier near,
            InstantSource clock) {
        this.view = view;
        this.reads = reads;
        this.inbox = inbox;
        this.enforcement = enforcement;
        this.store = store;
        this.near = near;
        this.clock = clock;
    }

    /** Invalidates. */
    public CompletionStage<Receipt> invalidate(Target target, Mode mode, Cause cause) {
        var event =
                new Event.Invalidation(
                        UUID.randomUUID().toString(), target, mode, null, cause, clock.instant());
        return inbox.publish(event)
                .thenCompose(token ->
                        enforcement
                                .of(token, target)
                                .thenApply(enforced -> new Receipt(token, enforced)));
    }

    /**
     * Invalidates a key, hard, and evicts it from the store ahead of the applier, so that a PUT
     * that follows finds the deletion there.
     *
     * @return whether there was a value
     */
    public CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key, Cause cause) {
        Namespace name = namespace.name();
        return reads.isPresent(namespace, key)
                .thenCompose(
                        CurrentTrace.carriedTo(wasPresent ->
                                invalidate(new Target.OfKey(name, key), Mode.HARD, cause)
                                        .thenCompose(receipt -> evict(name, key, receipt))
                                        .thenApply(_ -> wasPresent)));
    }

    private CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Receipt receipt) {
        near.drop(namespace, key);
        Stamp deleted = receipt.enforced() ? view.lastHard(namespace, key) : Stamp.ZERO;
        return store.evict(namespace, key, deleted).exceptionally(_ -> false);
    }
}
