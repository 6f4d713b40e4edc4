package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.BucketState;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.LostQuota;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.StoreUnavailableException;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does for the accounts beside its writes: brings reads into the order of eviction,
 * sweeps what has expired, and finds quota that was lost.
 *
 * <p>All of it may be done by several nodes at once, except giving lost quota back: a lease keeps
 * them apart, for one of them a second. Failure modes: what Redis does not take is left for the
 * next time; reads that were not noted are forgotten.
 */
public final class Upkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration NOTING = Duration.ofMillis(100);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration LOOKING = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofMillis(900);

    private final RedisConnections redis;
    private final RedisKeys keys;
    private final KnownNamespaces known;
    private final Touches touches;
    private final RedisTouches order;
    private final RedisBuckets buckets;
    private final Map<Namespace, LostQuota> lost = new HashMap<>();
    private final Map<Namespace, Usage> usage = new ConcurrentHashMap<>();
    private volatile ServerMemory memory = ServerMemory.UNKNOWN;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("freshet-upkeep").factory());

    public Upkeep(RedisConnections redis, RedisKeys keys, KnownNamespaces known, Touches touches) {
        this.redis = redis;
        this.keys = keys;
        this.known = known;
        this.touches = touches;
        this.order = new RedisTouches(redis, keys, known.halfLives());
        this.buckets = new RedisBuckets(redis, keys);
    }

    public void start() {
        every(NOTING, this::note);
        every(ROUND, this::round);
        every(LOOKING, () -> memory = await(redis.memory()));
    }

    /** How full the servers were when they were asked last, not long ago. */
    public ServerMemory memory() {
        return memory;
    }

    /** What a namespace held when it was looked at last, not long ago. */
    public Usage usage(Namespace namespace) {
        return usage.getOrDefault(namespace, Usage.NONE);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void every(Duration period, Runnable work) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException e) {
                                log.atDebug().setCause(e).log("Upkeep of the accounts goes on");
                            }
                        },
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Brings the reads so far into the order of eviction; waits until they are. */
    public void note() {
        List<Touches.Note> reads = touches.drain();
        reads.forEach(read -> known.halfLives().used(read.namespace(), read.key(), read.reads()));
        if (!reads.isEmpty()) {
            await(order.note(reads, NOTING.dividedBy(2)));
        }
    }

    void round() {
        for (NamespaceConfig namespace : known.all()) {
            List<BucketState> survey = await(buckets.survey(namespace));
            Usage held = Usage.of(survey);
            usage.put(namespace.name(), held);
            known.halfLives().holds(namespace.name(), held.entries());
            if (namespace.bounds().areSet() && await(holdsLease(namespace.name()))) {
                Quota found =
                        lost.computeIfAbsent(namespace.name(), _ -> new LostQuota())
                                .in(survey, Quota.of(namespace.bounds()));
                if (!found.equals(Quota.NONE)) {
                    giveBack(namespace, survey, found);
                }
            }
        }
    }

    /**
     * To the bucket that would let go the newest entry; what is too much, from the one with the
     * oldest.
     */
    private void giveBack(NamespaceConfig namespace, List<BucketState> survey, Quota found) {
        log.atInfo()
                .addKeyValue("namespace", namespace.name())
                .addKeyValue("entries", found.entries())
                .addKeyValue("bytes", found.bytes())
                .log("Quota of a namespace was lost and is given back");
        Comparator<BucketState> byVictim = Comparator.comparingLong(BucketState::victim);
        var given = new Quota(Math.max(0, found.entries()), Math.max(0, found.bytes()));
        var tooMuch = new Quota(Math.max(0, -found.entries()), Math.max(0, -found.bytes()));
        BucketState neediest = survey.stream().max(byVictim).orElseThrow();
        await(buckets.take(namespace, neediest.bucket(), given.negated(), BucketState.NOBODY));
        for (BucketState state : survey.stream().sorted(byVictim).toList()) {
            if (tooMuch.isNothing()) {
                return;
            }
            tooMuch =
                    tooMuch.without(
                            await(
                                    buckets.take(
                                            namespace, state.bucket(), tooMuch, Long.MAX_VALUE)));
        }
    }

    private CompletionStage<Boolean> holdsLease(Namespace namespace) {
        byte[] name = (keys.prefix() + "upkeep:{" + namespace.value() + "}").getBytes(UTF_8);
        return redis.call(
                        Op.LEASE,
                        commands ->
                                commands.set(name, new byte[] {1}, SetArgs.Builder.nx().px(LEASE)))
                .thenApply(answer -> "OK".equals(answer));
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }
}
