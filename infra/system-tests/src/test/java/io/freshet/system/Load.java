package io.freshet.system;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.freshet.system.Cities.City;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A steady stream of updates by plain SQL and of reads from both tiers, written into a history. A
 * read that fails is not written: a service may be down.
 */
final class Load implements AutoCloseable {

    private static final int MILLIS_BETWEEN_UPDATES = 10;
    private static final int MILLIS_BETWEEN_READS = 4;
    private static final String VERSION = "version ";

    private final List<City> some;
    private final Cities cities;
    private final CacheClient client;
    private final History history = new History();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    Load(LocalSystem system, List<City> some) throws SQLException {
        this.some = List.copyOf(some);
        this.cities = new Cities(system);
        this.client = new CacheClient(system);
    }

    void start() {
        var _ =
                threads.scheduleWithFixedDelay(
                        this::update, 0, MILLIS_BETWEEN_UPDATES, MILLISECONDS);
        var _ = threads.scheduleWithFixedDelay(this::read, 0, MILLIS_BETWEEN_READS, MILLISECONDS);
    }

    /** The rows that are updated and read. */
    List<City> cities() {
        return some;
    }

    History history() {
        return history;
    }

    private void update() {
        long version = versions.incrementAndGet();
        City city = some.get((int) (version % some.size()));
        try {
            cities.rename(city, VERSION + version);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        history.wrote(city.key(), version, System.nanoTime());
    }

    private void read() {
        long turn = turns.incrementAndGet();
        City city = some.get((int) (turn / 2 % some.size()));
        long started = System.nanoTime();
        try {
            Answer answer =
                    turn % 2 == 0
                            ? client.get(Cities.NAMESPACE, city.key())
                            : client.getFromRedis(Cities.NAMESPACE, city.key());
            if (answer.status() == 200) {
                history.read(city.key(), version(answer), started, answer.tier());
            }
        } catch (UncheckedIOException _) {
            // api-service is down
        }
    }

    /** Rows that were not updated yet are version 0. */
    private static long version(Answer answer) {
        String name = answer.value().path("name").asString();
        return name.startsWith(VERSION) ? Long.parseLong(name.substring(VERSION.length())) : 0;
    }

    /** Ends both streams and waits for what is under way. */
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(30, SECONDS)) {
            throw new IllegalStateException("the load does not end");
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        cities.close();
    }
}
