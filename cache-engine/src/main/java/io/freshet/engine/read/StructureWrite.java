package io.freshet.engine.read;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.log.EntryRegistry;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import io.freshet.engine.store.StoredEntry;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Attempt.Mode;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Lifetime;
import io.freshet.engine.structure.StructureStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One change of a structure on its way.
 *
 * <p>Phases: the sidecar is read and judged; where a structure may begin it is registered, and the
 * acknowledgement awaited; one script changes it, if what is there is what was judged, and else all
 * is done again. What the judgement calls outdated the script throws away, so an element of before
 * an invalidation never stands beside one of after it. What began is announced: other nodes may
 * remember a value that stood under the key before.
 *
 * <p>Failure modes: an eviction has begun of which this node has not heard, or neither the node nor
 * the bucket remembers far enough: both are awaited. No answer of the store: the change may have
 * been made.
 */
final class StructureWrite {

    /** What all of a node share. */
    record Means(
            LogView view,
            Judge judge,
            EntryFactory entries,
            EntryRegistry registry,
            EntryStore sidecars,
            StructureStore store,
            NearTier near,
            Inbox inbox,
            Timer timer,
            Executor executor,
            String node) {}

    private static final int MAX_ATTEMPTS = 32;
    private static final Duration CATCH_UP = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Means means;
    private final NamespaceConfig namespace;
    private final EntryKey key;
    private final Change change;
    private final Lifetime lifetime;
    private int attempts;

    StructureWrite(
            Means means,
            NamespaceConfig namespace,
            EntryKey key,
            Change change,
            Lifetime lifetime) {
        this.means = means;
        this.namespace = namespace;
        this.key = key;
        this.change = change;
        this.lifetime = lifetime;
    }

    CompletionStage<Changed> go() {
        if (attempts++ == MAX_ATTEMPTS) {
            return CompletableFuture.completedStage(
                    new Changed.Unavailable(Lookup.Reason.NOT_READY));
        }
        return means.sidecars().read(namespace.name(), key).thenCompose(this::judge);
    }

    private CompletionStage<Changed> judge(StoredEntry stored) {
        var noted = means.view().position(namespace.name(), key);
        Judged judged = means.judge().of(namespace, key, stored, noted);
        Entry entry = stored.entry();
        EntryHeader seen = entry == null ? null : entry.header();
        if (seen != null && means.view().isUnsure(namespace.name(), key, seen, stored.marker())) {
            return means.timer().after(PAUSE).thenCompose(_ -> go());
        }
        boolean isOutdated = judged != null && judged.verdict() == Verdict.STALE;
        boolean isThere = judged != null && !isOutdated && judged.age().isWithinTtl();
        EntryHeader beginning =
                means.entries().structure(namespace, key, change.kind(), lifetime, noted.stamp());
        var attempt = new Attempt(seen, isOutdated, noted.stamp(), beginning, mode(isThere));
        return switch (attempt.mode()) {
            case CHANGE, CHANGE_OR_AGAIN -> apply(attempt, false);
            case BEGIN, BEGIN_OR_EXTEND ->
                    register(beginning).thenCompose(_ -> apply(attempt, true));
        };
    }

    private Mode mode(boolean isThere) {
        if (!change.begins()) {
            return Mode.CHANGE;
        }
        if (lifetime.ttl() != null) {
            return Mode.BEGIN_OR_EXTEND;
        }
        return isThere && attempts == 1 ? Mode.CHANGE_OR_AGAIN : Mode.BEGIN;
    }

    private CompletionStage<Changed> apply(Attempt attempt, boolean isRegistered) {
        return means.store()
                .change(namespace.name(), key, change, attempt)
                .handle((applied, failure) -> {
                    if (failure == null) {
                        return answer(attempt.beginning(), applied, isRegistered);
                    }
                    CompletionStage<Changed> failed = CompletableFuture.failedStage(failure);
                    return isRegistered ? announce().thenCompose(_ -> failed) : failed;
                })
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Changed> answer(
            EntryHeader beginning, Applied applied, boolean isRegistered) {
        return switch (applied) {
            case Applied.Done(var stamp, boolean began, var result) -> {
                CompletionStage<?> told =
                        began ? announce() : CompletableFuture.completedStage(null);
                yield told.thenCompose(_ -> registerAsStored(beginning, stamp, isRegistered))
                        .thenApply(_ -> result);
            }
            case Applied.Again() -> go();
            case Applied.Refused(var begun) ->
                    means.timer()
                            .within(
                                    CATCH_UP,
                                    means.view()
                                            .reached(
                                                    means.view().partitionOf(namespace.name(), key),
                                                    begun))
                            .thenComposeAsync(_ -> go(), means.executor());
            case Applied.WrongKind(var kind) ->
                    CompletableFuture.completedStage(new Changed.WrongKind(kind));
            case Applied.NoNumber() -> CompletableFuture.completedStage(new Changed.NoNumber());
            case Applied.Full() -> CompletableFuture.completedStage(new Changed.Full());
        };
    }

    /** As with a value that is put: the store may have stamped it higher than it was registered. */
    private CompletionStage<?> registerAsStored(
            EntryHeader beginning, Stamp stamp, boolean isRegistered) {
        if (isRegistered && stamp.compareTo(beginning.stamp()) > 0) {
            return register(beginning.withStamp(stamp));
        }
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> register(EntryHeader header) {
        return means.registry()
                .register(
                        new Registration(
                                namespace.name(),
                                key,
                                header.stamp(),
                                header.tags(),
                                header.hardExpiry()));
    }

    private CompletionStage<?> announce() {
        means.near().drop(namespace.name(), key);
        return means.inbox()
                .announce(
                        new Event.Replaced(
                                namespace.name(), key, means.node(), means.entries().now()));
    }
}
