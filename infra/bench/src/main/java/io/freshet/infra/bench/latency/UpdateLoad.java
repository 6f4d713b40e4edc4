package io.freshet.infra.bench.latency;

import io.freshet.infra.bench.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Transactions of one row each, at a steady rate whatever the database's answers take, from as many
 * connections as it needs. The rows keep their values but for the time of their last update.
 */
final class UpdateLoad {

    static final String TABLE = "public.cities";

    private static final int CONNECTIONS = 8;
    private static final String UPDATE = "UPDATE " + TABLE + " SET updated_at = now() WHERE id = ?";

    private final Instance instance;
    private final Flights flights;
    private final List<Integer> keys;

    UpdateLoad(Instance instance, Flights flights) throws SQLException {
        this.instance = instance;
        this.flights = flights;
        keys = new ArrayList<>();
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id FROM " + TABLE + " ORDER BY id")) {
            while (rows.next()) {
                keys.add(rows.getInt(1));
            }
        }
    }

    /** Makes the updates {@code 0 .. updates - 1}; blocks until the last one is acknowledged. */
    void run(int updates, int perSecond) throws InterruptedException, SQLException {
        var next = new AtomicInteger();
        long start = System.nanoTime();
        var failures = new ArrayList<SQLException>();
        var writers = new ArrayList<Thread>();
        for (int i = 0; i < CONNECTIONS; i++) {
            writers.add(
                    Thread.ofPlatform()
                            .name("writer-" + i)
                            .start(() -> {
                                try {
                                    write(next, updates, start, perSecond);
                                } catch (SQLException e) {
                                    synchronized (failures) {
                                        failures.add(e);
                                    }
                                }
                            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void write(AtomicInteger next, int updates, long start, int perSecond)
            throws SQLException {
        try (Connection connection = instance.connect();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (int i = next.getAndIncrement(); i < updates; i = next.getAndIncrement()) {
                long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                int key = keys.get(i % keys.size());
                flights.takeOff(i, Integer.toString(key));
                update.setInt(1, key);
                update.executeUpdate();
                flights.acknowledged(i, System.nanoTime());
            }
        }
    }
}
