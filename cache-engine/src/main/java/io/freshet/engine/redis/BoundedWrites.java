package io.freshet.engine.redis;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.HalfLife;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.resilience.Turns;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * Writes under the bounds of namespaces: a write that lacks room gets it from elsewhere and is
 * tried again, and so is one for which Redis itself has no memory.
 *
 * <p>Of a flood of writes so many are sent at one time as Redis answers soon; the others wait here,
 * where that does not look as if Redis were slow.
 */
final class BoundedWrites {

    /** Enough to keep Redis busy, and few enough that it answers each long before its timeout. */
    private static final int AT_ONE_TIME = 64;

    private static final int WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_SEARCHES = 8;
    private static final int MAX_RELIEFS = 5;
    private static final long LEAST_RELIEF = 64 * 1024;

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final KnownNamespaces known;
    private final RedisBuckets buckets;
    private final Relief relief;
    private final Turns turns = new Turns(AT_ONE_TIME, WAITING);
    private final Map<Namespace, Room> rooms = new ConcurrentHashMap<>();

    BoundedWrites(
            RedisConnections redis, RedisKeys keys, KnownNamespaces known, RedisBuckets buckets) {
        this.redis = redis;
        this.keys = keys;
        this.known = known;
        this.buckets = buckets;
        this.relief = new Relief(buckets, known);
    }

    /**
     * Runs a script that stores an entry.
     *
     * @param full what it answers first when it lacks room; the next two say how much
     * @param names of the keys
     * @param args before the terms
     * @param bytes that are stored, about
     * @return its answer; that of the lack where nobody may go
     */
    CompletionStage<List<Object>> write(
            Op op,
            Script script,
            long full,
            Namespace namespace,
            EntryKey key,
            byte[][] names,
            byte[][] args,
            long bytes) {
        NamespaceConfig config = known.of(namespace);
        known.halfLives().used(config, key, 1);
        var write = new Write(op, script, full, config, key, names, args, bytes);
        Terms.Mode mode = config.bounds().areSet() ? room(namespace).mode() : Terms.Mode.ANY;
        return turns.call(PATIENCE, () -> write.attempt(Quota.NONE, mode))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(known(op, failure)));
    }

    private Throwable known(Op op, Throwable failure) {
        return Failures.unwrap(failure) instanceof RejectedExecutionException crowded
                ? redis.failures().unavailable(op, crowded)
                : failure;
    }

    private Room room(Namespace namespace) {
        return rooms.computeIfAbsent(namespace, _ -> new Room(buckets));
    }

    /** One write on its way. */
    private final class Write {

        private final Op op;
        private final Script script;
        private final long full;
        private final NamespaceConfig config;
        private final EntryKey key;
        private final int bucket;
        private final byte[][] names;
        private final byte[][] stored;
        private final long size;
        private int searches;
        private int reliefs;

        Write(
                Op op,
                Script script,
                long full,
                NamespaceConfig config,
                EntryKey key,
                byte[][] names,
                byte[][] stored,
                long size) {
            this.op = op;
            this.script = script;
            this.full = full;
            this.config = config;
            this.key = key;
            this.bucket = keys.bucketOf(config.name(), key);
            this.names = names;
            this.stored = stored;
            this.size = size;
        }

        CompletionStage<List<Object>> attempt(Quota granted, Terms.Mode mode) {
            HalfLife halfLife = known.halfLives().of(config.name());
            byte[][] terms =
                    Terms.of(config, bucket, buckets.count(), key, halfLife, granted, mode);
            byte[][] args =
                    Stream.concat(Stream.of(stored), Stream.of(terms)).toArray(byte[][]::new);
            return redis.<List<Object>>eval(op, script, ScriptOutputType.MULTI, names, args)
                    .<CompletionStage<List<Object>>>handle((answer, failure) -> {
                        if (failure != null) {
                            return failed(failure, granted, mode);
                        }
                        return answer.getFirst().equals(full)
                                ? lacking(answer)
                                : CompletableFuture.completedStage(answer);
                    })
                    .thenCompose(stage -> stage);
        }

        private CompletionStage<List<Object>> lacking(List<Object> answer) {
            if (searches++ == MAX_SEARCHES || isLargerThanItsNamespace()) {
                return CompletableFuture.completedStage(answer);
            }
            var missing = new Quota((long) answer.get(1), (long) answer.get(2));
            return room(config.name())
                    .find(config, bucket, missing)
                    .thenCompose(permit ->
                            permit == null
                                    ? CompletableFuture.completedStage(answer)
                                    : attempt(permit.granted(), permit.mode()));
        }

        private CompletionStage<List<Object>> failed(
                Throwable failure, Quota granted, Terms.Mode mode) {
            if (!isOutOfMemory(failure) || reliefs++ == MAX_RELIEFS) {
                return CompletableFuture.failedStage(failure);
            }
            long bytes = Math.max(LEAST_RELIEF, 2 * size) << (reliefs - 1);
            return relief.make(config, bucket, bytes)
                    .thenCompose(freed ->
                            freed == 0
                                    ? CompletableFuture.completedStage(List.of(full, 0L, 0L))
                                    : attempt(granted, mode));
        }

        private boolean isLargerThanItsNamespace() {
            long most = config.bounds().maxBytes();
            return most > 0 && size > most;
        }
    }

    private static boolean isOutOfMemory(Throwable failure) {
        return Failures.unwrap(failure).getCause() instanceof RedisCommandExecutionException e
                && Failures.isOutOfMemory(e);
    }
}
