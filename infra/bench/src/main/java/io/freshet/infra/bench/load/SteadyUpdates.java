package io.freshet.infra.bench.load;

import io.freshet.infra.bench.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One statement again and again, each a transaction, at a steady rate whatever the database's
 * answers take, from several connections.
 */
public final class SteadyUpdates {

    private final Instance instance;
    private final int connections;
    private final String sql;
    private final Update update;

    /** Runs the statement once; called on a writer's thread. */
    @FunctionalInterface
    public interface Update {

        /**
         * Runs it.
         *
         * @param number of the transaction, from 0
         */
        void make(long number, Connection connection, PreparedStatement statement)
                throws SQLException;
    }

    public SteadyUpdates(Instance instance, int connections, String sql, Update update) {
        this.instance = instance;
        this.connections = connections;
        this.sql = sql;
        this.update = update;
    }

    /**
     * Makes the transactions {@code 0 .. count - 1}; blocks until the last one is acknowledged.
     *
     * @throws SQLException what the first writer that failed failed with, when the others have
     *     ended
     */
    public void make(long count, double perSecond) throws InterruptedException, SQLException {
        var next = new AtomicLong();
        long start = System.nanoTime();
        List<SQLException> failures = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            writers.add(
                    Thread.ofPlatform()
                            .name("writer-" + i)
                            .start(() -> {
                                try {
                                    write(next, count, start, perSecond);
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

    private void write(AtomicLong next, long count, long start, double perSecond)
            throws SQLException {
        try (Connection connection = instance.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = start + (long) (TimeUnit.SECONDS.toNanos(1) * i / perSecond);
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                update.make(i, connection, statement);
            }
        }
    }
}
