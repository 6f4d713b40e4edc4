package io.freshet.infra.check.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions and finds out what became of each, also when the connection breaks during
 * COMMIT: then PostgreSQL is asked by the transaction's id until it knows. Not thread-safe.
 */
final class Committer implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(100);

    /** Opens a connection. */
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    /** What a transaction does; throws to have it rolled back. */
    @FunctionalInterface
    interface Work {
        void in(Connection connection) throws SQLException;
    }

    /** What became of a transaction. */
    sealed interface Outcome {
        /**
         * It is committed.
         *
         * @param begun nanoseconds, before COMMIT was sent
         * @param acknowledged nanoseconds, when it was known
         */
        record Committed(long begun, long acknowledged) implements Outcome {}

        /** It left nothing. */
        record Aborted(String why) implements Outcome {}
    }

    private final Source source;
    private @Nullable Connection connection;

    Committer(Source source) {
        this.source = source;
    }

    Outcome run(Work work) throws InterruptedException {
        String id = "";
        long begun = 0;
        try {
            Connection open = connection();
            id = text(open, "SELECT pg_current_xact_id()::text");
            work.in(open);
            begun = System.nanoTime();
            open.commit();
            return new Outcome.Committed(begun, System.nanoTime());
        } catch (SQLException e) {
            if (begun != 0) {
                drop();
                return resolve(id, begun);
            }
            rollback();
            return new Outcome.Aborted(String.valueOf(e.getSQLState()));
        }
    }

    private void rollback() throws InterruptedException {
        Connection open = connection;
        if (open == null) {
            Thread.sleep(RETRY);
            return;
        }
        try {
            open.rollback();
        } catch (SQLException _) {
            drop();
            Thread.sleep(RETRY);
        }
    }

    /** The end of the log now: every commit that was acknowledged before is at or below it. */
    String lsn() throws SQLException {
        Connection open = connection();
        String lsn = text(open, "SELECT pg_current_wal_insert_lsn()::text");
        open.commit();
        return lsn;
    }

    private Outcome resolve(String id, long begun) throws InterruptedException {
        while (true) {
            try {
                Connection open = connection();
                String status = text(open, "SELECT pg_xact_status('" + id + "'::xid8)");
                open.commit();
                switch (status) {
                    case "committed" -> {
                        return new Outcome.Committed(begun, System.nanoTime());
                    }
                    case "aborted" -> {
                        return new Outcome.Aborted("connection lost");
                    }
                    default -> Thread.sleep(RETRY);
                }
            } catch (SQLException _) {
                drop();
                Thread.sleep(RETRY);
            }
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.open();
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** Ends the connection, and what is open on it is rolled back. */
    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException _) {
                // It is broken already.
            }
        }
    }

    @Override
    public void close() {
        drop();
    }
}
