package io.freshet.infra.bench.latency;

import io.freshet.infra.bench.Instance;
import io.freshet.infra.bench.load.Cities;
import io.freshet.infra.bench.load.SteadyUpdates;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Transactions of one row each. The rows keep their values but for the time of their last update.
 */
final class UpdateLoad {

    private static final int CONNECTIONS = 8;
    private static final String UPDATE =
            "UPDATE " + Cities.TABLE + " SET updated_at = now() WHERE id = ?";

    private final Flights flights;
    private final List<Integer> keys;
    private final SteadyUpdates updates;

    UpdateLoad(Instance instance, Flights flights) throws SQLException {
        this.flights = flights;
        keys = Cities.keys(instance);
        updates =
                new SteadyUpdates(
                        instance,
                        CONNECTIONS,
                        UPDATE,
                        (number, _, statement) -> update((int) number, statement));
    }

    /** Makes the updates {@code 0 .. updates - 1}; blocks until the last one is acknowledged. */
    void run(int count, int perSecond) throws InterruptedException, SQLException {
        updates.make(count, perSecond);
    }

    private void update(int number, PreparedStatement statement) throws SQLException {
        int key = keys.get(number % keys.size());
        flights.takeOff(number, Integer.toString(key));
        statement.setInt(1, key);
        statement.executeUpdate();
        flights.acknowledged(number, System.nanoTime());
    }
}
