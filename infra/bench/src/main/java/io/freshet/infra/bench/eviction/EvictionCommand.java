package io.freshet.infra.bench.eviction;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares hit ratios and memory with Redis's own. */
@Command(
        name = "eviction",
        description = {
            "Hit ratios of lru and lfu beside those of Redis's allkeys-lru and allkeys-lfu with as",
            "much memory, and what an entry costs beside a plain SET: bytes, and processor time of",
            "Redis. Starts a Redis of its own; nothing else needs to run."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EvictionCommand implements Callable<Integer> {

    @Option(names = "--traces", description = "Directory of web07.trace.xz and multi2.trace.gz.")
    private Path directory = Path.of("..", "shared", "traces");

    @Option(names = "--value-size", description = "Of each value, in bytes.")
    private int valueBytes = 1_024;

    @Option(names = "--zipf", description = "Accesses of the generated trace.")
    private int generated = 100_000;

    @Option(names = "--entries", description = "Of 1 KB, for the bytes of an entry.")
    private int entries = 200_000;

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("freshet-bench");
        try (RedisServer server = ServerProvider.configured().startRedis(RedisOptions.in(data));
                var redis = new PlainRedis(server.uri(), valueBytes)) {
            System.out.printf(
                    "%-20s %9s %9s | %7s %11s | %7s %11s%n",
                    "trace", "accesses", "capacity", "lru", "allkeys-lru", "lfu", "allkeys-lfu");
            for (Trace trace : traces()) {
                compare(trace, server.uri(), redis);
            }
            weigh(server.uri(), redis);
        }
        return 0;
    }

    private List<Trace> traces() throws IOException {
        var traces = new ArrayList<Trace>();
        Traces.web(directory).ifPresentOrElse(traces::add, () -> skip("web07.trace.xz"));
        Traces.blocks(directory).ifPresentOrElse(traces::add, () -> skip("multi2.trace.gz"));
        traces.add(Traces.shiftingZipf(generated));
        return traces;
    }

    private void skip(String file) {
        System.out.println(directory.resolve(file) + " is not there: skipped");
    }

    private void compare(Trace trace, String uri, PlainRedis redis) {
        var lru = ratios(trace, uri, redis, EvictionPolicy.LRU);
        var lfu = ratios(trace, uri, redis, EvictionPolicy.LFU);
        System.out.printf(
                Locale.ROOT,
                "%-20s %,9d %,9d | %6.2f%% %10.2f%% | %6.2f%% %10.2f%%%n",
                trace.name(),
                trace.keys().length,
                trace.capacity(),
                lru.ours,
                lru.theirs,
                lfu.ours,
                lfu.theirs);
    }

    private record Ratios(double ours, double theirs) {}

    /** Ours first; what it used more than an empty Redis is what the other may use. */
    private Ratios ratios(Trace trace, String uri, PlainRedis redis, EvictionPolicy policy) {
        redis.empty();
        try (var ours = new FreshetCache(uri, policy, trace.capacity(), valueBytes)) {
            long before = redis.usedMemory();
            double hits = replay(trace, ours);
            long used = redis.usedMemory() - before;
            redis.limit(used, "allkeys-" + policy.name().toLowerCase(Locale.ROOT));
            return new Ratios(hits, replay(trace, redis));
        } finally {
            redis.empty();
        }
    }

    private static double replay(Trace trace, ReplayedCache cache) {
        long hits = 0;
        for (int key : trace.keys()) {
            hits += cache.access(key) ? 1 : 0;
        }
        return 100.0 * hits / trace.keys().length;
    }

    /** What Redis needs for an entry: memory, and processor time to store it. */
    private record Cost(double bytes, double micros) {}

    private void weigh(String uri, PlainRedis redis) {
        redis.empty();
        Cost plain = cost(redis, redis::store);
        redis.empty();
        try (var ours = new FreshetCache(uri, EvictionPolicy.LRU, 0, valueBytes)) {
            Cost account = cost(redis, i -> ours.put(new EntryKey("k" + i)));
            System.out.printf(
                    Locale.ROOT,
                    "%,d values of %,d bytes: %,.0f bytes each, %,.0f by a plain SET; a million: %.2f GB%n"
                            + "storing one takes Redis %.1f us of processor time, %.1f by a plain SET%n",
                    entries,
                    valueBytes,
                    account.bytes,
                    plain.bytes,
                    account.bytes * 1e6 / 1e9,
                    account.micros,
                    plain.micros);
        }
    }

    private Cost cost(PlainRedis redis, IntFunction<CompletableFuture<?>> store) {
        long memory = redis.usedMemory();
        double micros = redis.usedMicros();
        var sent = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < entries; i++) {
            sent.add(store.apply(i));
            if (sent.size() == 1_000) {
                sent.forEach(CompletableFuture::join);
                sent.clear();
            }
        }
        sent.forEach(CompletableFuture::join);
        return new Cost(
                (double) (redis.usedMemory() - memory) / entries,
                (redis.usedMicros() - micros) / entries);
    }
}
