package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.history.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Many rows that are changed as one: a hundred of them are read. One thread's. */
public final class Bulk implements AutoCloseable {
    private static final int ROWS = 100_000;
    private static final int READ = 100;

    private final Connection connection;
    private final AtomicLong versions;
    private final History history;
    private final Tally tally;
    private final AtomicBoolean isRead;

    /**
     * @param isRead set for as long as the readers are to read these rows
     */
    Bulk(
            Connection connection,
            AtomicLong versions,
            History history,
            Tally tally,
            AtomicBoolean isRead) {
        this.connection = connection;
        this.versions = versions;
        this.history = history;
        this.tally = tally;
        this.isRead = isRead;
    }

    /** One of those that are read. */
    static String key(RandomGenerator random) {
        return key(random.nextInt(READ));
    }

    private static String key(int number) {
        return "shelf-0.bulk-" + number * (ROWS / READ);
    }

    public void insert() throws SQLException {
        long version = versions.incrementAndGet();
        commit(
                "INSERT INTO public.check_items (key, version, shelf, grp) SELECT 'shelf-0.bulk-' || n, "
                        + version
                        + ", 'shelf-0', 'group-0' FROM generate_series(0, "
                        + (ROWS - 1)
                        + ") n",
                State.version(version));
        isRead.set(true);
    }

    public void update() throws SQLException {
        long version = versions.incrementAndGet();
        commit(
                "UPDATE public.check_items SET version = "
                        + version
                        + " WHERE key LIKE 'shelf-0.bulk-%'",
                State.version(version));
    }

    public void delete() throws SQLException {
        commit("DELETE FROM public.check_items WHERE key LIKE 'shelf-0.bulk-%'", State.ABSENT);
    }

    private void commit(String sql, State state) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        long begun = System.nanoTime();
        connection.commit();
        long acknowledged = System.nanoTime();
        for (int number = 0; number < READ; number++) {
            history.wrote(new Register(key(number)), new Write(state, begun, acknowledged));
        }
        tally.count(Tally.Of.COMMITS, "100,000 rows");
    }

    /** The rows are read no more. */
    @Override
    public void close() {
        isRead.set(false);
    }
}
