package io.freshet.infra.local.demo;

import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The story, told on a running instance: miss, L2, L1, a row that changes, a country that is purged
 * and warmed, and what the metrics say of all that. It leaves the tables as it found them.
 */
public final class Story {
    private static final String CITIES = "cities";
    private static final long CITY = 2_759_794;
    private static final String KEY = Long.toString(CITY);
    private static final String COUNTRY = "NL";
    private static final int COUNTRY_CITIES = 200;
    private static final int UPDATES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Client client;
    private final Map<String, String> environment;
    private final Narrator narrator;

    /**
     * A story about the instance that the variables of {@code local.env} describe.
     *
     * @param betweenChapters called before each chapter but the first
     */
    public Story(Map<String, String> environment, Terminal terminal, Runnable betweenChapters) {
        this.client = new Client(environment);
        this.environment = environment;
        this.narrator = new Narrator(terminal, betweenChapters);
    }

    public void tell() throws DemoException, IOException, InterruptedException, SQLException {
        try (BorrowedCity city = BorrowedCity.borrow(environment, CITY)) {
            forgetEarlierReads();
            Scrape before = client.metrics();
            threeTiers();
            oneUpdate(city);
            manyUpdates(city);
            city.giveBack();
            List<String> country = city.largestOf(COUNTRY, COUNTRY_CITIES);
            purge(country);
            warm(country);
            metrics(before);
        }
    }

    /** Also lets the JVMs at both ends meet the code that is measured afterwards. */
    private void forgetEarlierReads() throws DemoException, IOException, InterruptedException {
        for (int i = 0; i < 30; i++) {
            client.get(CITIES, KEY);
            client.get(CITIES, KEY, "Freshet-Tier", "l2");
        }
        Answer forgotten = client.invalidate(CITIES, "tags", List.of("country:" + COUNTRY));
        expect(forgotten.status() / 100 == 2, "the purge before the start", forgotten);
        client.get(CITIES, "2747891", "Freshet-After", forgotten.token());
    }

    private void threeTiers() throws DemoException, IOException, InterruptedException {
        narrator.chapter("A miss loads the row from PostgreSQL");
        read("GET cities/" + KEY, "source");
        narrator.chapter("Then Redis has it");
        read("GET cities/" + KEY + "  (Freshet-Tier: l2)", "l2", "Freshet-Tier", "l2");
        narrator.chapter("And so has the memory of the node");
        read("GET cities/" + KEY, "l1");
    }

    private void oneUpdate(BorrowedCity city)
            throws DemoException, IOException, InterruptedException, SQLException {
        narrator.chapter("A row changes by plain SQL, and nobody evicts anything");
        long value = city.population() + 1;
        narrator.done(
                "UPDATE cities SET population = %,d WHERE id = %d;  COMMIT".formatted(value, CITY));
        Change change = change(city, value);
        narrator.seen(
                "the old value was last answered %s after the commit"
                        .formatted(change.oldSeen().map(Millis::of).orElse("0 ms")));
        narrator.seen(
                "the new value was first answered %s after it"
                        .formatted(Millis.of(change.fresh())));
        Answer redis = client.get(CITIES, KEY, "Freshet-Tier", "l2");
        narrator.read("GET cities/" + KEY + "  (Freshet-Tier: l2)", redis, population(redis));
        expect(redis.value("population").asLong() == value, "Redis after the update", redis);
    }

    private void manyUpdates(BorrowedCity city)
            throws DemoException, IOException, InterruptedException, SQLException {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < UPDATES; i++) {
            times.add(change(city, city.population() + 2 + i).fresh());
        }
        narrator.seen(
                "%d more updates, from commit to the first fresh answer: %s"
                        .formatted(UPDATES, Millis.summary(times)));
    }

    private Change change(BorrowedCity city, long value)
            throws DemoException, IOException, InterruptedException, SQLException {
        city.setPopulation(value);
        long committed = System.nanoTime();
        var seen = Optional.<Duration>empty();
        while (true) {
            Answer answer = client.get(CITIES, KEY);
            Duration since = Duration.ofNanos(System.nanoTime() - committed);
            if (answer.value("population").asLong() == value) {
                return new Change(seen, since);
            }
            expect(since.compareTo(PATIENCE) < 0, "the read after the update", answer);
            seen = Optional.of(since);
        }
    }

    private void purge(List<String> country)
            throws DemoException, IOException, InterruptedException {
        narrator.chapter("A whole country is purged, in force at once");
        for (String key : country) {
            client.get(CITIES, key);
        }
        narrator.seen("%d cities of %s are cached".formatted(cachedAmong(country), COUNTRY));
        Answer purge = client.invalidate(CITIES, "tags", List.of("country:" + COUNTRY));
        expect(purge.status() / 100 == 2, "the purge", purge);
        narrator.done(
                "POST invalidate {\"tags\":[\"country:%s\"]}  answered in %s"
                        .formatted(COUNTRY, Millis.of(purge.took())));
        List<String> sample = country.subList(0, Math.min(5, country.size()));
        for (String key : sample) {
            Answer answer = client.get(CITIES, key, "Freshet-After", purge.token());
            narrator.read("GET cities/" + key, answer, population(answer));
            expect(answer.tier().equals("source"), "the read after the purge", answer);
        }
    }

    private void warm(List<String> country)
            throws DemoException, IOException, InterruptedException {
        narrator.chapter("A warm-up brings it back");
        long start = System.nanoTime();
        Answer accepted = client.warm(CITIES, country);
        expect(accepted.status() == 202, "the warm-up", accepted);
        String job = accepted.body().path("job").asString();
        narrator.done("POST cities/warm  %d keys, job %s".formatted(country.size(), job));
        Answer progress = client.warmJob(job);
        while (!progress.body().path("state").asString("").equals("done")) {
            Duration since = Duration.ofNanos(System.nanoTime() - start);
            expect(since.compareTo(PATIENCE) < 0, "the warm-up's progress", progress);
            Thread.sleep(20);
            progress = client.warmJob(job);
        }
        narrator.seen(
                "done after %s: %d loaded"
                        .formatted(
                                Millis.of(Duration.ofNanos(System.nanoTime() - start)),
                                progress.body().path("loaded").asInt()));
        narrator.seen(
                "%d of %d reads are hits now".formatted(cachedAmong(country), country.size()));
    }

    private void metrics(Scrape before) throws IOException, InterruptedException {
        narrator.chapter("The same by the metrics");
        Scrape after = client.metrics();
        for (String tier : List.of("l1", "l2")) {
            metric(before, after, "cache_hits_total", Map.of("namespace", CITIES, "tier", tier));
        }
        metric(before, after, "cache_misses_total", Map.of("namespace", CITIES));
    }

    private void metric(Scrape before, Scrape after, String name, Map<String, String> labels) {
        narrator.seen(
                "%-20s %-34s +%.0f"
                        .formatted(
                                name, labels, after.sum(name, labels) - before.sum(name, labels)));
    }

    private long cachedAmong(List<String> keys) throws IOException, InterruptedException {
        long cached = 0;
        for (String key : keys) {
            cached += client.get(CITIES, key).cached() ? 1 : 0;
        }
        return cached;
    }

    private void read(String what, String tier, String... headers)
            throws DemoException, IOException, InterruptedException {
        Answer answer = client.get(CITIES, KEY, headers);
        narrator.read(what, answer, population(answer));
        expect(answer.tier().equals(tier), "the read from " + tier, answer);
    }

    private static String population(Answer answer) {
        return "%s, %s: %,d"
                .formatted(
                        answer.value("name").asString("?"),
                        answer.value("country").asString("?"),
                        answer.value("population").asLong());
    }

    private static void expect(boolean holds, String what, Answer answer) throws DemoException {
        if (!holds) {
            throw new DemoException(
                    "Not as expected: %s was answered %d from '%s': %s"
                            .formatted(what, answer.status(), answer.tier(), answer.body()));
        }
    }

    /**
     * How a change became visible, since its commit.
     *
     * @param oldSeen when the old value was last answered; nothing if never
     * @param fresh when the new value was first answered
     */
    private record Change(Optional<Duration> oldSeen, Duration fresh) {}
}
