package io.freshet.engine;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.WritePolicy;
import io.freshet.engine.read.Paths;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.telemetry.TrafficRecorder;
import io.freshet.engine.write.WriteBehind;
import io.freshet.engine.write.WriteThrough;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one node as its callers use it: takes note of what is asked for, but by probes, and
 * goes the way that the write policy of a namespace says.
 */
final class NodeCache implements Cache {

    private final Paths paths;
    private final WriteThrough through;
    private final NodeSources sources;
    private final LogView view;
    private final KnownNamespaces known;
    private final Touches touches;
    private final TrafficRecorder traffic;
    private volatile @Nullable WriteBehind behind;

    NodeCache(
            Paths paths,
            WriteThrough through,
            NodeSources sources,
            LogView view,
            KnownNamespaces known,
            Touches touches,
            TrafficRecorder traffic) {
        this.paths = paths;
        this.through = through;
        this.sources = sources;
        this.view = view;
        this.known = known;
        this.touches = touches;
        this.traffic = traffic;
    }

    /** Takes writes that are answered before their source has them, from now on. */
    void writeBehind(WriteBehind writes) {
        behind = writes;
    }

    @Override
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace, EntryKey key, ReadOptions options) {
        known.note(namespace);
        CompletionStage<Lookup> lookups = read(namespace, key, options);
        return options.probe()
                ? lookups
                : lookups.thenApply(lookup -> answered(namespace, key, lookup));
    }

    @Override
    public CompletionStage<List<Lookup>> getAll(NamespaceConfig namespace, List<EntryKey> keys) {
        known.note(namespace);
        return readAll(namespace, keys)
                .thenApply(lookups -> {
                    for (int i = 0; i < keys.size(); i++) {
                        answered(namespace, keys.get(i), lookups.get(i));
                    }
                    return lookups;
                });
    }

    private Lookup answered(NamespaceConfig namespace, EntryKey key, Lookup lookup) {
        boolean isHeld =
                lookup instanceof Lookup.Hit(_, var tier, _, _)
                        && (tier == Tier.L1 || tier == Tier.L2);
        if (isHeld) {
            touches.read(namespace, key);
        }
        return traffic.answered(namespace.name(), key, lookup);
    }

    /** What was written and is not in its source yet is newer than anything that is cached. */
    private CompletionStage<Lookup> read(
            NamespaceConfig namespace, EntryKey key, ReadOptions asked) {
        Source source = sources.of(namespace).orElse(null);
        WriteBehind writes = behind;
        return writes == null || namespace.writePolicy() != WritePolicy.WRITE_BEHIND
                ? paths.reads().get(namespace, key, source, asked)
                : writes.get(
                        namespace,
                        key,
                        asked,
                        how -> paths.reads().get(namespace, key, source, how));
    }

    private CompletionStage<List<Lookup>> readAll(NamespaceConfig namespace, List<EntryKey> keys) {
        if (namespace.writePolicy() != WritePolicy.WRITE_BEHIND) {
            return paths.reads().getAll(namespace, keys, sources.of(namespace).orElse(null));
        }
        List<CompletableFuture<Lookup>> reads =
                keys.stream()
                        .map(key -> read(namespace, key, ReadOptions.DEFAULT).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(_ -> reads.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public CompletionStage<LeaseLookup> lease(
            NamespaceConfig namespace, EntryKey key, ReadOptions options, Duration patience) {
        known.note(namespace);
        CompletionStage<LeaseLookup> found =
                paths.leases()
                        .get(namespace, key, sources.of(namespace).orElse(null), options, patience);
        return options.probe() ? found : found.thenApply(lease -> answered(namespace, key, lease));
    }

    private LeaseLookup answered(NamespaceConfig namespace, EntryKey key, LeaseLookup found) {
        switch (found) {
            case LeaseLookup.Answered(var lookup) -> {
                var _ = answered(namespace, key, lookup);
            }
            case LeaseLookup.Granted _, LeaseLookup.Busy _ -> traffic.miss(namespace.name(), key);
        }
        return found;
    }

    @Override
    public CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value) {
        known.note(namespace);
        return switch (namespace.writePolicy()) {
            case CACHE_ASIDE -> paths.writes().put(namespace, key, value);
            case WRITE_BEHIND -> {
                WriteBehind writes = behind;
                yield writes == null
                        ? CompletableFuture.completedStage(
                                new PutResult.Unavailable(Lookup.Reason.NOT_READY))
                        : writes.put(namespace, key, value);
            }
            case WRITE_THROUGH ->
                    through.put(
                            namespace,
                            key,
                            value,
                            sources.of(namespace).orElseThrow(),
                            sources.writerOf(namespace).orElseThrow());
        };
    }

    @Override
    public CompletionStage<PutResult> put(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token) {
        known.note(namespace);
        return paths.writes().put(namespace, key, value, token);
    }

    @Override
    public CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key, Cause cause) {
        Optional<SourceWriter> writer =
                namespace.writePolicy() == WritePolicy.CACHE_ASIDE
                        ? Optional.empty()
                        : sources.writerOf(namespace).filter(SourceWriter::deletes);
        WriteBehind writes = behind;
        if (writer.isPresent()
                && writes != null
                && namespace.writePolicy() == WritePolicy.WRITE_BEHIND) {
            return writes.delete(namespace, key);
        }
        return writer.isPresent()
                ? through.delete(namespace, key, cause, writer.get())
                : paths.invalidations().delete(namespace, key, cause);
    }

    @Override
    public CompletionStage<Receipt> invalidate(Target target, Mode mode, Cause cause) {
        return paths.invalidations().invalidate(target, mode, cause);
    }

    @Override
    public CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key) {
        known.note(namespace);
        Optional<Source> source = sources.of(namespace);
        return source.isEmpty() || !view.isReady()
                ? CompletableFuture.completedStage(WarmOutcome.FAILED)
                : paths.reads().warm(namespace, key, source.get());
    }
}
