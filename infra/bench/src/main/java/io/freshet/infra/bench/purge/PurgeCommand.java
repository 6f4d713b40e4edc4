package io.freshet.infra.bench.purge;

import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Awaited;
import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.Load;
import io.freshet.infra.bench.load.Target;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Purges many small tags and one large one, while others read. */
@Command(
        name = "purge",
        description = {
            "How soon a purge of a tag is in force, how fast a large one is gone from Redis, and",
            "what the readers of another namespace feel of it."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class PurgeCommand implements Callable<Integer> {

    private static final int READERS = 16;
    private static final int STORERS = 4;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration READS = Duration.ofSeconds(10);
    private static final double AIM_IN_FORCE_MILLIS = 20;
    private static final double AIM_KEYS_PER_SECOND = 50_000;
    private static final double AIM_READS = 2;

    @Option(names = "--entries", description = "Under the large tag.")
    private long entries = 1_000_000;

    @Option(names = "--small", description = "Purges of a tag of one entry.")
    private int small = 200;

    @Option(names = "--reads", description = "GETs of another namespace in a second.")
    private int reads = 1_000;

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        var http = new Http(URI.create(instance.api()), instance.token());
        try (var purges = Purges.declare(http, instance.token());
                RedisClient client = RedisClient.create(instance.redis());
                var connection = client.connect();
                var reader = Executors.newSingleThreadExecutor()) {
            purges.prepareReads();
            List<Target> targets = measure(purges, connection.sync(), reader);
            Target.head(System.out);
            targets.forEach(target -> target.print(System.out));
        }
        return 0;
    }

    private List<Target> measure(
            Purges purges, RedisCommands<String, String> redis, ExecutorService reader)
            throws Exception {
        long before = redis.dbsize();
        step("storing %,d entries of one tag".formatted(entries));
        Load.Seen stored = purges.stores().times(entries / Purges.BATCH, STORERS);
        long held = redis.dbsize() - before;
        System.out.printf("  %,d keys in Redis after %.0f s%n", held, stored.seconds());
        step("%,d purges of one entry each".formatted(small));
        Histogram inForce = purgeOneByOne(purges);
        step("reads without a purge");
        Load.Seen quiet = purges.reads().during(READS, READERS, reads);
        step("the purge of the large tag");
        Future<Load.Seen> disturbed =
                reader.submit(() -> purges.reads().during(READS, READERS, reads));
        long start = System.nanoTime();
        purges.purge(Purges.ALL);
        awaitNotServed(purges, "k0");
        double large = (System.nanoTime() - start) / 1e6;
        Awaited.untilGone(redis, before);
        double gone = (System.nanoTime() - start) / 1e9;
        return List.of(
                new Target(
                        "X4",
                        "purge of one entry, in force",
                        "%.1f ms p99".formatted(inForce.getValueAtPercentile(99) / 1e3),
                        "< %.0f ms".formatted(AIM_IN_FORCE_MILLIS),
                        inForce.getValueAtPercentile(99) / 1e3 < AIM_IN_FORCE_MILLIS,
                        "p50 %.1f ms, from the request on"
                                .formatted(inForce.getValueAtPercentile(50) / 1e3)),
                new Target(
                        "X4",
                        "purge of %,d entries, in force".formatted(held),
                        "%.1f ms".formatted(large),
                        "< %.0f ms".formatted(AIM_IN_FORCE_MILLIS),
                        large < AIM_IN_FORCE_MILLIS,
                        "from the request on"),
                new Target(
                        "X4",
                        "gone from Redis",
                        "%,.0f keys/s".formatted(held / gone),
                        "> %,.0f".formatted(AIM_KEYS_PER_SECOND),
                        held / gone > AIM_KEYS_PER_SECOND,
                        "%.1f s".formatted(gone)),
                reads(quiet, disturbed.get(LONGEST.toSeconds(), TimeUnit.SECONDS)));
    }

    private static Target reads(Load.Seen quiet, Load.Seen disturbed) {
        double ratio = disturbed.millis(99) / quiet.millis(99);
        return new Target(
                "X4",
                "GET p99 of another namespace meanwhile",
                "%.2f ms".formatted(disturbed.millis(99)),
                "< %.0f times".formatted(AIM_READS),
                ratio < AIM_READS,
                "%.1f times %.2f ms%s"
                        .formatted(ratio, quiet.millis(99), Target.failures(disturbed)));
    }

    /** Microseconds from asking for a purge until a reader does not get the entry any more. */
    private Histogram purgeOneByOne(Purges purges) throws Exception {
        var inForce = new Histogram(3);
        for (int i = 0; i < small; i++) {
            String key = "one-" + i;
            purges.store(key);
            long start = System.nanoTime();
            purges.purge(key);
            awaitNotServed(purges, key);
            inForce.recordValue((System.nanoTime() - start) / 1_000);
        }
        return inForce;
    }

    private static void awaitNotServed(Purges purges, String key) throws Exception {
        Awaited.until(() -> !purges.isServed(key), Duration.ZERO, key + " is served for ever");
    }

    private static void step(String what) {
        System.out.println(what + " ...");
    }
}
