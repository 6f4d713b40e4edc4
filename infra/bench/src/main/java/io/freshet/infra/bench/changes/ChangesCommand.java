package io.freshet.infra.bench.changes;

import io.freshet.engine.log.KafkaOptions;
import io.freshet.infra.bench.BenchNode;
import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Awaited;
import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.Target;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes rows at a steady rate, and very many in one transaction. */
@Command(
        name = "changes",
        description = {
            "How far a node is behind while rows change at a steady rate, and how long a large",
            "transaction takes to be in force there and gone from Redis."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ChangesCommand implements Callable<Integer> {

    private static final int BATCH = 500;
    private static final double AIM_ENFORCED_SECONDS = 4;
    private static final double AIM_GONE_SECONDS = 8;

    /** Of the rows of a second: a lag that is larger at the end than in the middle grows. */
    private static final double FLAT = 0.5;

    @Option(names = "--rate", description = "Row changes a second.")
    private int rate = 20_000;

    @Option(names = "--duration", description = "Of the steady rate, in seconds.")
    private int seconds = 20;

    @Option(names = "--rows", description = "Row changes of the large transaction.")
    private int rows = 100_000;

    @Option(names = "--log-partitions", description = "As the services are configured.")
    private int logPartitions = 4;

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        var http = new Http(URI.create(instance.api()), instance.token());
        var changes = new RowChanges(instance);
        var inForce = new AtomicLong();
        var kafka = new KafkaOptions(instance.kafka(), "freshet", logPartitions, (short) 1);
        try (var node = new BenchNode(kafka, _ -> inForce.incrementAndGet());
                RedisClient client = RedisClient.create(instance.redis());
                var connection = client.connect()) {
            node.awaitReady();
            List<Target> targets = new ArrayList<>();
            targets.add(steadily(changes, inForce));
            targets.addAll(atOnce(changes, inForce, http, connection.sync()));
            Target.head(System.out);
            targets.forEach(target -> target.print(System.out));
        }
        return 0;
    }

    private Target steadily(RowChanges changes, AtomicLong inForce) throws Exception {
        System.out.printf("%,d row changes a second for %d s ...%n", rate, seconds);
        long before = inForce.get();
        List<Long> lags = new ArrayList<>();
        FutureTask<Void> written =
                new FutureTask<>(() -> {
                    changes.steadily(rate, seconds);
                    return null;
                });
        Thread writer = Thread.ofPlatform().start(written);
        long start = System.nanoTime();
        while (!writer.join(Duration.ofSeconds(1))) {
            long lag = changes.committed() - (inForce.get() - before);
            lags.add(lag);
            System.out.printf(
                    "  %3d s  %,9d committed  %,9d behind%n",
                    (System.nanoTime() - start) / 1_000_000_000, changes.committed(), lag);
        }
        written.get();
        double took = (System.nanoTime() - start) / 1e9;
        awaitInForce(inForce, before + changes.committed());
        double drained = (System.nanoTime() - start) / 1e9 - took;
        long middle = lags.isEmpty() ? 0 : lags.get(lags.size() / 2);
        long last = lags.isEmpty() ? 0 : lags.getLast();
        boolean isFlat = last - middle < FLAT * rate;
        return new Target(
                "",
                "row changes a second, the lag flat",
                "%,.0f /s".formatted(changes.committed() / took),
                "%,d /s".formatted(rate),
                isFlat && changes.committed() / took > rate * 0.95,
                "%,d rows behind in the middle, %,d at the end, caught up after %.1f s"
                        .formatted(middle, last, drained));
    }

    private List<Target> atOnce(
            RowChanges changes, AtomicLong inForce, Http http, RedisCommands<String, String> redis)
            throws Exception {
        System.out.println("caching the rows that will change ...");
        long empty = awaitStill(redis);
        cache(changes.keysOf(rows), http);
        long full = redis.dbsize();
        System.out.printf(
                "  %,d keys more in Redis%n%,d row changes in one transaction ...%n",
                full - empty, rows);
        long before = inForce.get();
        long committed = changes.atOnce(rows);
        awaitInForce(inForce, before + rows);
        double enforced = (System.nanoTime() - committed) / 1e9;
        Awaited.untilGone(redis, empty);
        double gone = (System.nanoTime() - committed) / 1e9;
        return List.of(
                large("in force", enforced, AIM_ENFORCED_SECONDS, "from its commit on"),
                large(
                        "gone from Redis",
                        gone,
                        AIM_GONE_SECONDS,
                        "%,d entries".formatted(full - empty)));
    }

    private Target large(String what, double took, double aim, String beside) {
        return new Target(
                "",
                "a transaction of %,d row changes, %s".formatted(rows, what),
                "%.1f s".formatted(took),
                "< %.0f s".formatted(aim),
                took < aim,
                beside);
    }

    private static void cache(List<Integer> keys, Http http)
            throws IOException, InterruptedException {
        for (int from = 0; from < keys.size(); from += BATCH) {
            String batch =
                    keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
                            .map(key -> "\"" + key + "\"")
                            .collect(Collectors.joining(","));
            http.require("POST", "/api/v1/cache/cities/mget", "{\"keys\":[" + batch + "]}");
        }
    }

    /** How many keys there are once what was changed before has gone. */
    private static long awaitStill(RedisCommands<String, String> redis)
            throws InterruptedException {
        long before = redis.dbsize();
        while (true) {
            TimeUnit.SECONDS.sleep(1);
            long now = redis.dbsize();
            if (now == before) {
                return now;
            }
            before = now;
        }
    }

    private static void awaitInForce(AtomicLong inForce, long rows) throws Exception {
        Awaited.until(
                () -> inForce.get() >= rows,
                Duration.ofMillis(5),
                "row changes never came into force");
    }
}
