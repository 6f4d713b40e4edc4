package io.freshet.infra.bench.changes;

import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Cities;
import io.freshet.infra.bench.load.SteadyUpdates;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Updates of the demo's cities, which keep their values but for the time of their last update. */
final class RowChanges {

    static final int ROWS_OF_A_TRANSACTION = 100;

    private static final int CONNECTIONS = 4;
    private static final String UPDATE =
            "UPDATE " + Cities.TABLE + " SET updated_at = clock_timestamp() WHERE id = ANY(?)";

    private final Instance instance;
    private final List<Integer> keys;
    private final AtomicLong committed = new AtomicLong();

    RowChanges(Instance instance) throws SQLException {
        this.instance = instance;
        this.keys = Cities.keys(instance);
    }

    /** Those that so many changes at once concern. */
    List<Integer> keysOf(int rows) {
        return keys.subList(0, Math.min(rows, keys.size()));
    }

    /** Row changes whose commits were acknowledged so far. */
    long committed() {
        return committed.get();
    }

    /** Makes transactions at a steady rate of rows; blocks until the time is over. */
    void steadily(int rowsPerSecond, int seconds) throws InterruptedException, SQLException {
        new SteadyUpdates(
                        instance,
                        CONNECTIONS,
                        UPDATE,
                        (number, connection, statement) ->
                                committed.addAndGet(update(connection, statement, slice(number))))
                .make(
                        (long) rowsPerSecond * seconds / ROWS_OF_A_TRANSACTION,
                        (double) rowsPerSecond / ROWS_OF_A_TRANSACTION);
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
                left -= update(connection, update, keysOf(left));
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
