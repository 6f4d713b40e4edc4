package io.freshet.infra.bench.warming;

import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.Target;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Flushes Redis under a load, with and without the warmer. */
@Command(
        name = "warming",
        description = {
            "How long after a flush of Redis the keys asked for most are found there again, with",
            "the warmer and without, and how many queries a second it sends to the source."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class WarmingCommand implements Callable<Integer> {

    private static final String NAMESPACE = "bench-warming";
    private static final String PATH = "/api/v1/cache/namespaces/" + NAMESPACE;
    private static final String SOURCE =
            "SELECT id, payload FROM public.bench_warming WHERE id = CAST(:key AS bigint)";
    private static final double WARM = 0.95;
    private static final int WARM_SECONDS = 3;
    private static final Duration AIM = Duration.ofMinutes(5);

    @Option(names = "--keys", description = "Rows of the source.")
    private int keys = 20_000;

    @Option(names = "--hot", description = "Keys of the hot class: those asked for most.")
    private int hot = 2_000;

    @Option(names = "--rate", description = "Reads a second.")
    private int rate = 100;

    @Option(names = "--exponent", description = "Of Zipf's law.")
    private double exponent = 0.9;

    @Option(names = "--learn", description = "Seconds of load before each flush.")
    private int learn = 60;

    @Option(names = "--budget", description = "As the worker is configured.")
    private int budget = 200;

    @Option(names = "--seed", description = "Of the load.")
    private long seed = 1;

    @Option(
            names = "--worker",
            description = "Management endpoints of warmer-worker.",
            defaultValue = "")
    private String worker = "";

    /**
     * What followed a flush.
     *
     * @param warm seconds until the hot class was found again
     * @param first its hit rate over the first half minute
     * @param queriesPerSecond most queries of warming in a second
     */
    private record Recovery(double warm, double first, long queries, double queriesPerSecond) {}

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        var http = new Http(URI.create(instance.api()), instance.token());
        prepare(instance);
        try {
            var zipf = new ShiftingZipf(keys, exponent, new Random(seed));
            declare(http, 0);
            URI namespace = URI.create(instance.api()).resolve("/api/v1/cache/" + NAMESPACE);
            try (var readers = new Readers(namespace, instance.token(), zipf, hot, rate)) {
                Recovery without = measure("without the warmer", instance, readers);
                declare(http, 2 * hot);
                Recovery with = measure("with the warmer", instance, readers);
                print(without, with);
            }
        } finally {
            http.ask("DELETE", PATH, "");
            execute(instance, "DROP TABLE IF EXISTS public.bench_warming");
        }
        return 0;
    }

    private void prepare(Instance instance) throws SQLException {
        execute(instance, "DROP TABLE IF EXISTS public.bench_warming");
        execute(
                instance,
                "CREATE TABLE public.bench_warming AS SELECT i AS id, repeat('x', 500) AS payload"
                        + " FROM generate_series(0, "
                        + (keys - 1)
                        + ") AS i");
        execute(instance, "ALTER TABLE public.bench_warming ADD PRIMARY KEY (id)");
    }

    private static void declare(Http http, int top) throws IOException, InterruptedException {
        http.require(
                "PUT",
                PATH,
                """
                {"max_staleness": "1h", "max_size": "0B", "source": {"sql": "%s"},
                 "warm": {"top": %d, "hold_out": "0%%"}}
                """
                        .formatted(SOURCE, top));
    }

    private Recovery measure(String how, Instance instance, Readers readers) throws Exception {
        System.out.printf("%s: %,d reads a second for %d s ...%n", how, rate, learn);
        TimeUnit.SECONDS.sleep(learn);
        Readers.Seen before = readers.take();
        System.out.printf("  hot class %.1f %% hits; flushing Redis%n", before.rate() * 100);
        try (RedisClient client = RedisClient.create(instance.redis());
                var connection = client.connect()) {
            connection.sync().flushall();
        }
        readers.take();
        return recover(instance, readers);
    }

    private Recovery recover(Instance instance, Readers readers) throws Exception {
        var queries = new SourceQueries(worker(instance));
        long start = System.nanoTime();
        long begun = queries.soFar();
        long hits = 0;
        long reads = 0;
        double most = 0;
        int warmFor = 0;
        long last = begun;
        long lastAt = start;
        double second = 0;
        while (warmFor < WARM_SECONDS && second < AIM.toSeconds()) {
            TimeUnit.SECONDS.sleep(1);
            long now = queries.soFar();
            long at = System.nanoTime();
            most = Math.max(most, (now - last) / ((at - lastAt) / 1e9));
            last = now;
            lastAt = at;
            second = (at - start) / 1e9;
            Readers.Seen seen = readers.take();
            if (second <= 31) {
                hits += seen.hits();
                reads += seen.hits() + seen.misses();
            }
            warmFor = seen.rate() > WARM ? warmFor + 1 : 0;
            System.out.printf(
                    "  %4.0f s  hot class %5.1f %% hits, %,d queries of warming, %,d failures%n",
                    second, seen.rate() * 100, now - begun, seen.failures());
        }
        double warm = warmFor < WARM_SECONDS ? Double.POSITIVE_INFINITY : second - WARM_SECONDS;
        return new Recovery(warm, (double) hits / Math.max(1, reads), last - begun, most);
    }

    private URI worker(Instance instance) {
        if (!worker.isEmpty()) {
            return URI.create(worker);
        }
        // As ./freshet up puts them, whatever its offset.
        URI management = URI.create(instance.management());
        return URI.create("http://" + management.getHost() + ":" + (management.getPort() + 3));
    }

    private void print(Recovery without, Recovery with) {
        Target.head(System.out);
        new Target(
                        "F5",
                        "hot class of %,d over 95 %% again, with the warmer".formatted(hot),
                        "%.0f s".formatted(with.warm()),
                        "< %d s".formatted(AIM.toSeconds()),
                        with.warm() < AIM.toSeconds(),
                        "%.0f s without; %.1f and %.1f %% hits in the first 30 s"
                                .formatted(
                                        without.warm(), with.first() * 100, without.first() * 100))
                .print(System.out);
        new Target(
                        "F4",
                        "most source queries of warming in a second",
                        "%.0f".formatted(with.queriesPerSecond()),
                        "<= %d".formatted(budget),
                        with.queriesPerSecond() <= budget,
                        "%,d altogether; %,d without".formatted(with.queries(), without.queries()))
                .print(System.out);
    }

    private static void execute(Instance instance, String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
