package io.freshet.infra.bench.service;

import static io.freshet.infra.bench.service.Requests.BATCH;
import static io.freshet.infra.bench.service.Requests.ENTRIES;
import static io.freshet.infra.bench.service.Requests.KEYS;
import static io.freshet.infra.bench.service.Requests.PAST_MEMORY;

import io.freshet.infra.bench.load.Http;
import io.freshet.infra.bench.load.Load;
import io.freshet.infra.bench.load.RedisAnswers;
import io.freshet.infra.bench.load.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The measurements, each of which makes a few rows of the table. */
final class Measurements {

    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int STORM = 1_000;
    private static final int HOT = 1_000;
    private static final int SMALL = 64;
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;
    private static final long A_MILLION = 1_000_000;
    private static final double AIM_GIGABYTES = 2;
    private static final double AIM_SCAN_SECONDS = 5;
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("\"k[0-9]+\"");

    private final Http http;
    private final Requests requests;
    private final InetSocketAddress redis;
    private final Duration each;
    private final Load hot;
    private final Load cold;
    private final Load puts;
    private final Load mgets;
    private final Load msets;

    /**
     * @param redis measured alone
     * @param each how long each measurement takes
     */
    Measurements(Http http, Requests requests, InetSocketAddress redis, Duration each) {
        this.http = http;
        this.requests = requests;
        this.redis = redis;
        this.each = each;
        hot = requests.loop(number -> requests.get(number % HOT, ""));
        cold = requests.loop(number -> requests.get(Requests.spread(number), PAST_MEMORY));
        puts = requests.loop(number -> requests.put(Requests.spread(number), SMALL));
        mgets = requests.loop(requests::mget);
        msets = requests.loop(number -> requests.mset(number % (KEYS / BATCH), SMALL));
    }

    /** Stores what is read, and lets the service compile what it does often. */
    void prepare() throws IOException {
        msets.times(KEYS / BATCH, FEW);
        for (Load loop : List.of(hot, cold, puts, mgets)) {
            loop.during(each, MANY);
        }
        // What the service refused while it was cold.
        msets.times(KEYS / BATCH, FEW);
    }

    List<Target> latencies() throws IOException {
        return List.of(
                Target.latency("P-01", "GET, memory", hot.during(each, FEW), 5),
                Target.latency("P-01", "GET, Redis", cold.during(each, FEW), 5),
                Target.latency("P-02", "PUT", puts.during(each, FEW), 10),
                Target.latency("P-03", "mget of 100", mgets.during(each, 1), 20),
                Target.latency("P-04", "mset of 100", msets.during(each, 1), 30));
    }

    List<Target> throughput() throws IOException {
        Load.Seen sets = alone("SET", "bench", "v".repeat(SMALL), "EX", "300").during(each, MANY);
        Load.Seen gets = alone("GET", "bench").during(each, MANY);
        double mgotten = mgets.during(each, FEW).perSecond() * BATCH;
        double msetted = msets.during(each, FEW).perSecond() * BATCH;
        return List.of(
                Target.rate(
                        "P-05", "GETs, memory", hot.during(each, MANY).perSecond(), 50_000, gets),
                Target.rate(
                        "P-05", "GETs, Redis", cold.during(each, MANY).perSecond(), 50_000, gets),
                Target.rate("P-05", "values of mgets of 100", mgotten, 50_000, gets),
                Target.rate("P-06", "PUTs", puts.during(each, MANY).perSecond(), 20_000, sets),
                Target.rate("P-06", "entries of msets of 100", msetted, 20_000, sets));
    }

    /** What entries of 1 KB take. */
    Target memory(long entries, LongSupplier usedMemory) throws IOException {
        long before = usedMemory.getAsLong();
        requests.loop(number -> requests.mset(KEYS / BATCH + number, KILOBYTE))
                .times(entries / BATCH, FEW);
        double bytes = (usedMemory.getAsLong() - before) / (double) entries;
        double gigabytes = bytes * A_MILLION / (1L << 30);
        return new Target(
                "P-07",
                "1,000,000 entries of 1 KB in Redis",
                "%.2f GB".formatted(gigabytes),
                "< %.0f GB".formatted(AIM_GIGABYTES),
                gigabytes < AIM_GIGABYTES,
                "%.0f bytes each, of %,d".formatted(bytes, entries));
    }

    Target storm() throws IOException {
        Load.Seen seen = hot.during(each, STORM);
        return new Target(
                "P-08",
                "%,d connections at one time".formatted(STORM),
                "%,.0f /s".formatted(seen.perSecond()),
                "none fails",
                seen.refused() + seen.lost() == 0,
                "p99 %.1f ms%s".formatted(seen.millis(99), Target.failures(seen)));
    }

    Target large() throws IOException, InterruptedException {
        http.require("PUT", ENTRIES + "/large", "{\"value\":" + Requests.value(MEGABYTE) + "}");
        Load reads = requests.loop(_ -> requests.get("/large", PAST_MEMORY));
        return Target.latency("P-09", "GET of 1 MB, Redis", reads.during(each, 1), 50);
    }

    /** All keys by a pattern, page by page. */
    Target scan() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long found = 0;
        String cursor = "";
        do {
            String page = http.require("GET", ENTRIES + "/keys?pattern=k*&limit=1000" + cursor, "");
            found += KEY.matcher(page).results().count();
            Matcher next = CURSOR.matcher(page);
            cursor = next.find() ? "&cursor=" + next.group(1) : "";
        } while (!cursor.isEmpty());
        double seconds = (System.nanoTime() - start) / 1e9;
        double scaled = seconds * KEYS / Math.max(1, found);
        return new Target(
                "P-10",
                "scan of %,d keys by a pattern".formatted(KEYS),
                "%.2f s".formatted(scaled),
                "< %.0f s".formatted(AIM_SCAN_SECONDS),
                scaled < AIM_SCAN_SECONDS && found >= KEYS,
                "%,d keys in %.2f s".formatted(found, seconds));
    }

    private Load alone(String... command) {
        byte[] bytes = RedisAnswers.command(command);
        return new Load(redis, _ -> bytes, RedisAnswers::new);
    }
}
