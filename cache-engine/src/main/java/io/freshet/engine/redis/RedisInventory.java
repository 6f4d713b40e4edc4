package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Inventory;
import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.eviction.HalfLife;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.NamespaceConfig;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the accounts in Redis tell. Keys come bucket by bucket, from their own index. */
public final class RedisInventory implements Inventory {

    private static final int KEYS_AT_ONCE = 1_000;

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final RedisBuckets buckets;

    public RedisInventory(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
        this.buckets = new RedisBuckets(redis, keys);
    }

    @Override
    public CompletionStage<Usage> usage(NamespaceConfig namespace) {
        return buckets.survey(namespace).thenApply(Usage::of);
    }

    @Override
    public CompletionStage<KeyPage> keys(
            NamespaceConfig namespace,
            @Nullable KeyPattern pattern,
            @Nullable Cursor from,
            int limit) {
        var page = new Page(namespace.name(), pattern, limit);
        return page.goOnAt(from == null ? Cursor.START : from);
    }

    @Override
    public CompletionStage<Optional<Metadata>> metadata(NamespaceConfig namespace, EntryKey key) {
        int bucket = keys.bucketOf(namespace.name(), key);
        byte[][] names = {
            keys.entry(namespace.name(), bucket, key), keys.marker(namespace.name(), bucket)
        };
        return redis.<List<Object>>eval(
                        Op.METADATA,
                        Script.METADATA,
                        ScriptOutputType.MULTI,
                        names,
                        Terms.policy(namespace.policyOf(key), HalfLife.MIDDLE))
                .thenApply(this::metadata);
    }

    private Optional<Metadata> metadata(List<Object> answer) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Metadata(
                            EntryCodec.decode((byte[]) answer.get(0)).header(),
                            (long) answer.get(1),
                            (long) answer.get(2),
                            Duration.ofSeconds((long) answer.get(3))));
        } catch (CorruptEntryException e) {
            redis.failures().corrupt(Op.METADATA, e);
            return Optional.empty();
        }
    }

    /** A page that fills up. */
    private final class Page {

        private final Namespace namespace;
        private final @Nullable KeyPattern pattern;
        private final int limit;
        private final List<EntryKey> found = new ArrayList<>();

        Page(Namespace namespace, @Nullable KeyPattern pattern, int limit) {
            this.namespace = namespace;
            this.pattern = pattern;
            this.limit = limit;
        }

        CompletionStage<KeyPage> goOnAt(Cursor at) {
            if (at.bucket() >= buckets.count()) {
                return CompletableFuture.completedStage(new KeyPage(found, null));
            }
            return redis.<List<byte[]>>eval(
                            Op.KEYS,
                            Script.KEYS,
                            ScriptOutputType.MULTI,
                            new byte[][] {keys.marker(namespace, at.bucket())},
                            ascii(at.number()),
                            ascii(at.known()),
                            ascii(KEYS_AT_ONCE))
                    .thenCompose(answer -> take(at, answer));
        }

        /** The answer is pairs of a key and its number; the key is empty when it has expired. */
        private CompletionStage<KeyPage> take(Cursor from, List<byte[]> answer) {
            Cursor at = from;
            for (int i = 0; i < answer.size(); i += 2) {
                long number = Long.parseLong(new String(answer.get(i + 1), US_ASCII));
                int known = number == at.number() ? at.known() + 1 : 1;
                at = new Cursor(from.bucket(), number, known);
                if (answer.get(i).length > 0 && add(new String(answer.get(i), UTF_8))) {
                    return CompletableFuture.completedStage(new KeyPage(found, at));
                }
            }
            return answer.size() < 2 * KEYS_AT_ONCE
                    ? goOnAt(new Cursor(from.bucket() + 1, 0, 0))
                    : goOnAt(at);
        }

        /** Whether the page is full with it. */
        private boolean add(String text) {
            var key = new EntryKey(text);
            if (pattern == null || pattern.matches(key)) {
                found.add(key);
            }
            return found.size() == limit;
        }
    }
}
