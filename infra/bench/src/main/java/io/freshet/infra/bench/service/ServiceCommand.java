package io.freshet.infra.bench.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.infra.bench.Instance;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures P-01 to P-10 and prints each beside its target. */
@Command(
        name = "service",
        description = {
            "The targets P-01 to P-10 of the requirements, each beside what was measured; reads and",
            "writes also beside Redis alone, asked in the same way in the same run."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ServiceCommand implements Callable<Integer> {

    private static final String NAMESPACE = "bench-service";
    private static final String ENTRIES = "/api/v1/cache/" + NAMESPACE;
    private static final String DECLARATION = "/api/v1/cache/namespaces/" + NAMESPACE;
    private static final String PAST_MEMORY = "Freshet-Tier: l2\r\n";
    private static final byte[] NOTHING = {};
    private static final int BATCH = 100;
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int STORM = 1_000;
    private static final int HOT = 1_000;
    private static final int SCANNED = 100_000;
    private static final long A_MILLION = 1_000_000;
    private static final double AIM_GIGABYTES = 2;
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("\"k[0-9]+\"");

    @Option(names = "--duration", description = "Of each measurement, in seconds.")
    private int seconds = 5;

    @Option(names = "--entries", description = "Of 1 KB, for P-07; scaled to a million.")
    private long entries = 200_000;

    private final List<Target> targets = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Instance instance = Instance.running();
        URI api = URI.create(instance.api());
        var http = new Http(api, instance.token());
        http.require(
                "PUT",
                DECLARATION,
                "{\"max_size\":\"0B\",\"max_value_size\":\"2MB\",\"default_ttl\":\"1h\"}");
        try (RedisClient redis = RedisClient.create(instance.redis())) {
            measure(instance, http, redis);
        } finally {
            http.ask("DELETE", DECLARATION, "");
        }
        Target.head(System.out);
        targets.forEach(target -> target.print(System.out));
        return 0;
    }

    private void measure(Instance instance, Http http, RedisClient redis) throws Exception {
        URI at = URI.create(instance.redis());
        var plain = new InetSocketAddress(at.getHost(), at.getPort());
        var bench = new Loops(http, instance.token());
        step("storing %,d entries".formatted(SCANNED));
        bench.of(number -> bench.mset(number, "v".repeat(64))).times(SCANNED / BATCH, FEW);

        step("warming up");
        var hot = bench.of(number -> bench.get(number % HOT, ""));
        var cold = bench.of(number -> bench.get(spread(number), PAST_MEMORY));
        var puts = bench.of(number -> bench.put(spread(number), "v".repeat(64)));
        for (ClosedLoop loop : List.of(hot, cold, puts)) {
            loop.during(duration(), MANY);
        }

        step("latencies");
        targets.add(Target.latency("P-01", "GET, memory", hot.during(duration(), FEW), 5));
        targets.add(Target.latency("P-01", "GET, Redis", cold.during(duration(), FEW), 5));
        targets.add(Target.latency("P-02", "PUT", puts.during(duration(), FEW), 10));
        targets.add(
                Target.latency(
                        "P-03", "mget of 100", bench.of(bench::mget).during(duration(), 1), 20));
        ClosedLoop msets = bench.of(number -> bench.mset(number, "v".repeat(64)));
        targets.add(Target.latency("P-04", "mset of 100", msets.during(duration(), 1), 30));

        step("throughput");
        var redisGet =
                new ClosedLoop(
                        plain,
                        number -> RedisAnswers.command("GET", "bench-none-" + number % HOT),
                        RedisAnswers::new);
        var redisSet =
                new ClosedLoop(
                        plain,
                        number ->
                                RedisAnswers.command(
                                        "SET",
                                        "bench-set-" + number % HOT,
                                        "v".repeat(64),
                                        "EX",
                                        "60"),
                        RedisAnswers::new);
        ClosedLoop.Seen getAlone = redisGet.during(duration(), MANY);
        ClosedLoop.Seen setAlone = redisSet.during(duration(), MANY);
        targets.add(
                Target.rate(
                        "P-05",
                        "GETs, memory",
                        hot.during(duration(), MANY).perSecond(),
                        50_000,
                        getAlone));
        targets.add(
                Target.rate(
                        "P-05",
                        "GETs, Redis",
                        cold.during(duration(), MANY).perSecond(),
                        50_000,
                        getAlone));
        targets.add(
                Target.rate(
                        "P-05",
                        "values of mgets of 100, Redis",
                        bench.of(bench::mget).during(duration(), FEW).perSecond() * BATCH,
                        50_000,
                        getAlone));
        targets.add(
                Target.rate(
                        "P-06",
                        "PUTs",
                        puts.during(duration(), MANY).perSecond(),
                        20_000,
                        setAlone));
        targets.add(
                Target.rate(
                        "P-06",
                        "entries of msets of 100",
                        msets.during(duration(), FEW).perSecond() * BATCH,
                        20_000,
                        setAlone));
        memory(bench, redis);
        storm(hot);
        large(bench, http);
        scan(http);
    }

    private void memory(Loops bench, RedisClient redis) throws IOException {
        step("%,d entries of 1 KB".formatted(entries));
        long before = usedMemory(redis);
        bench.of(number -> bench.mset(SCANNED / BATCH + number, "v".repeat(1_022)))
                .times(entries / BATCH, FEW);
        double each = (usedMemory(redis) - before) / (double) entries;
        double gigabytes = each * A_MILLION / (1L << 30);
        targets.add(
                new Target(
                        "P-07",
                        "1,000,000 entries of 1 KB in Redis",
                        "%.2f GB".formatted(gigabytes),
                        "< %.0f GB".formatted(AIM_GIGABYTES),
                        gigabytes < AIM_GIGABYTES,
                        "%.0f bytes each, of %,d".formatted(each, entries)));
    }

    private void storm(ClosedLoop hot) throws IOException {
        step("%,d connections".formatted(STORM));
        ClosedLoop.Seen seen = hot.during(duration(), STORM);
        targets.add(
                new Target(
                        "P-08",
                        "1,000 connections at one time",
                        "%,.0f /s".formatted(seen.perSecond()),
                        "none fails",
                        seen.refused() + seen.lost() == 0,
                        "p99 %.1f ms%s".formatted(seen.millis(99), Target.failures(seen))));
    }

    private void large(Loops bench, Http http) throws Exception {
        step("a value of 1 MB");
        http.require(
                "PUT", ENTRIES + "/large", "{\"value\":\"" + "v".repeat((1 << 20) - 2) + "\"}");
        ClosedLoop.Seen seen =
                bench.of(_ -> bench.request("GET", "/large", PAST_MEMORY, NOTHING))
                        .during(duration(), 1);
        targets.add(Target.latency("P-09", "GET of 1 MB, Redis", seen, 50));
    }

    private void scan(Http http) throws Exception {
        step("all keys by a pattern");
        long start = System.nanoTime();
        long found = 0;
        String cursor = "";
        do {
            String page = http.require("GET", ENTRIES + "/keys?pattern=k*&limit=1000" + cursor, "");
            found += KEY.matcher(page).results().count();
            Matcher next = CURSOR.matcher(page);
            cursor = next.find() ? "&cursor=" + next.group(1) : "";
        } while (!cursor.isEmpty());
        double took = (System.nanoTime() - start) / 1e9;
        double each = took * SCANNED / Math.max(1, found);
        targets.add(
                new Target(
                        "P-10",
                        "scan of 100,000 keys by a pattern",
                        "%.2f s".formatted(each),
                        "< 5 s",
                        each < 5 && found >= SCANNED,
                        "%,d keys in %.2f s".formatted(found, took)));
    }

    private Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    private static long spread(long number) {
        return (number * 7_919) % SCANNED;
    }

    private static long usedMemory(RedisClient redis) {
        try (var connection = redis.connect()) {
            return connection
                    .sync()
                    .info("memory")
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void step(String what) {
        System.out.println(what + " ...");
    }

    /** Loops over the service's API, and the requests that they make. */
    private record Loops(Http http, String token) {

        ClosedLoop of(LongFunction<byte[]> requests) {
            return new ClosedLoop(http.address(), requests, HttpAnswers::new);
        }

        byte[] get(long key, String headers) {
            return request("GET", "/k" + key, headers, NOTHING);
        }

        byte[] put(long key, String value) {
            return request(
                    "PUT", "/k" + key, "", ("{\"value\":\"" + value + "\"}").getBytes(US_ASCII));
        }

        byte[] mget(long number) {
            String keys =
                    LongStream.range(0, BATCH)
                            .mapToObj(i -> "\"k" + spread(number * BATCH + i) + "\"")
                            .collect(Collectors.joining(","));
            return request("POST", "/mget", "", ("{\"keys\":[" + keys + "]}").getBytes(US_ASCII));
        }

        byte[] mset(long number, String value) {
            String all =
                    LongStream.range(0, BATCH)
                            .mapToObj(i ->
                                    "{\"key\":\"k%d\",\"value\":\"%s\"}"
                                            .formatted(number * BATCH + i, value))
                            .collect(Collectors.joining(","));
            return request("POST", "/mset", "", ("{\"entries\":[" + all + "]}").getBytes(US_ASCII));
        }

        byte[] request(String method, String path, String headers, byte[] body) {
            return HttpAnswers.request(method, ENTRIES + path, headers, body, token);
        }
    }
}
