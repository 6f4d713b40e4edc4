package io.freshet.infra.bench.changes;

import io.freshet.infra.bench.Instance;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Updates of the demo's cities, which keep their values but for the time of their last update. */
final class RowChanges {

    static final int ROWS_OF_A_TRANSACTION = 100;

    private static final int CONNECTIONS = 4;
    private static final String UPDATE =
            "UPDATE public.cities SET updated_at = clock_timestamp() WHERE id = ANY(?)";

    private final Instance instance;
    private final List<Integer> keys = new ArrayList<>();
    private final AtomicLong committed = new AtomicLong();

    RowChanges(Instance instance) throws SQLException {
        this.instance = instance;
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id FROM public.cities ORDER BY id")) {
            while (rows.next()) {
                keys.add(rows.getInt(1));
            }
        }
    }

    List<Integer> keys() {
        return keys;
    }

    /** Row changes whose commits were acknowledged so far. */
    long committed() {
        return committed.get();
    }

    /** Makes transactions at a steady rate of rows; blocks until the time is over. */
    void steadily(int rowsPerSecond, int seconds) throws InterruptedException {
        long transactions = (long) rowsPerSecond * seconds / ROWS_OF_A_TRANSACTION;
        long start = System.nanoTime();
        var next = new AtomicLong();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            writers.add(
                    Thread.ofPlatform()
                            .name("writer-" + i)
                            .start(() -> write(next, transactions, start, rowsPerSecond)));
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void write(AtomicLong next, long transactions, long start, int rowsPerSecond) {
        try (Connection connection = instance.connect();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (long i = next.getAndIncrement(); i < transactions; i = next.getAndIncrement()) {
                long due =
                        start
                                + TimeUnit.SECONDS.toNanos(1)
                                        * i
                                        * ROWS_OF_A_TRANSACTION
                                        / rowsPerSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                committed.addAndGet(update(connection, update, slice(i)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a writer failed", e);
        }
    }

    /**
     * Changes so many rows in one transaction, some of them more than once.
     *
     * @return when its commit was acknowledged, by {@link System#nanoTime}
     */
    long atOnce(int rows) throws SQLException {
        try (Connection connection = instance.connect();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            connection.setAutoCommit(false);
            int left = rows;
            while (left > 0) {
                left -= update(connection, update, keys.subList(0, Math.min(left, keys.size())));
            }
            connection.commit();
            return System.nanoTime();
        }
    }

    private List<Integer> slice(long number) {
        int slices = keys.size() / ROWS_OF_A_TRANSACTION;
        int from = (int) (number % slices) * ROWS_OF_A_TRANSACTION;
        return keys.subList(from, from + ROWS_OF_A_TRANSACTION);
    }

    private static int update(Connection connection, PreparedStatement update, List<Integer> ids)
            throws SQLException {
        Array array = connection.createArrayOf("integer", ids.toArray());
        update.setArray(1, array);
        int rows = update.executeUpdate();
        array.free();
        return rows;
    }
}
