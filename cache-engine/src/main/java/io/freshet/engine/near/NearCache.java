package io.freshet.engine.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.refresh.HotEntries;
import io.freshet.engine.store.NearTier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This node's own copies of entries, bounded by their bytes.
 *
 * <p>A copy carries the stamp that it has in this node. Freshness is not decided here: whoever
 * reads judges. What is past its TTL is gone; what is over the bound leaves by W-TinyLFU (Einziger,
 * Friedman, Manes, 2017). Thread-safe; nothing blocks.
 */
public final class NearCache implements NearTier, HotEntries {

    /** What an entry takes besides its bytes: objects, the table, the policy. */
    private static final int OVERHEAD_BYTES = 400;

    private static final int TAG_OVERHEAD_BYTES = 64;

    private record NearKey(Namespace namespace, EntryKey key) {}

    private final InstantSource clock;
    private final Cache<NearKey, Entry> entries;

    /**
     * An empty one.
     *
     * @param maxBytes zero keeps nothing
     * @param clock against which TTLs are held
     */
    public NearCache(long maxBytes, InstantSource clock) {
        this(maxBytes, clock, Ticker.systemTicker());
    }

    NearCache(long maxBytes, InstantSource clock, Ticker ticker) {
        this.clock = clock;
        entries =
                Caffeine.newBuilder()
                        .maximumWeight(maxBytes)
                        .weigher(NearCache::weigh)
                        .expireAfter(Expiry.writing((NearKey _, Entry entry) -> left(entry)))
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .recordStats()
                        .build();
    }

    @Override
    public @Nullable Entry get(Namespace namespace, EntryKey key) {
        return living(entries.getIfPresent(new NearKey(namespace, key)));
    }

    @Override
    public @Nullable Entry peek(Namespace namespace, EntryKey key) {
        return living(entries.policy().getIfPresentQuietly(new NearKey(namespace, key)));
    }

    private @Nullable Entry living(@Nullable Entry entry) {
        return entry == null || left(entry).isZero() ? null : entry;
    }

    @Override
    public void put(Namespace namespace, EntryKey key, Entry entry) {
        entries.put(new NearKey(namespace, key), entry);
    }

    @Override
    public void drop(Namespace namespace, EntryKey key) {
        entries.invalidate(new NearKey(namespace, key));
    }

    @Override
    public List<EntryKey> of(Target target) {
        return switch (target) {
            case Target.OfKey(var namespace, var key) -> held(namespace, List.of(key));
            case Target.OfKeys(var namespace, var keys) -> held(namespace, keys);
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                    entries.asMap().entrySet().stream()
                            .filter(held -> isIn(target, held))
                            .map(held -> held.getKey().key())
                            .toList();
        };
    }

    private List<EntryKey> held(Namespace namespace, List<EntryKey> keys) {
        return keys.stream()
                .filter(key ->
                        entries.policy().getIfPresentQuietly(new NearKey(namespace, key)) != null)
                .toList();
    }

    private static boolean isIn(Target scope, Map.Entry<NearKey, Entry> held) {
        return held.getKey().namespace().equals(scope.namespace())
                && scope.covers(held.getKey().key(), held.getValue().header().tags());
    }

    /** Drops every copy of a namespace; O(copies held). */
    public void dropNamespace(Namespace namespace) {
        entries.asMap().keySet().removeIf(key -> key.namespace().equals(namespace));
    }

    public NearStats stats() {
        var stats = entries.stats();
        return new NearStats(
                stats.hitCount(),
                stats.missCount(),
                stats.evictionCount(),
                entries.estimatedSize(),
                entries.policy().eviction().orElseThrow().weightedSize().orElse(0));
    }

    private Duration left(Entry entry) {
        Duration left = Duration.between(clock.instant(), entry.header().softExpiry());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static int weigh(NearKey key, Entry entry) {
        long bytes = OVERHEAD_BYTES + entry.value().length + 2L * key.key().value().length();
        for (Tag tag : entry.header().tags()) {
            bytes += TAG_OVERHEAD_BYTES + tag.value().length();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
