package io.freshet.infra.check.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A synchronous standby that is not there: COMMIT hangs after the log has delivered the change, and
 * readers fill the cache with what they still see. Then the waits are cancelled.
 */
record HungStandby() implements Fault {
    private static final Duration LENGTH = WINDOW.multipliedBy(4);

    @Override
    public String description() {
        return "COMMIT hangs for %d s on an absent synchronous standby"
                .formatted(LENGTH.toSeconds());
    }

    @Override
    public void strike(Site site) throws Exception {
        try (Connection connection = site.instance().database()) {
            run(connection, "ALTER SYSTEM SET synchronous_standby_names TO 'absent'");
            run(connection, "SELECT pg_reload_conf()");
            site.did("COMMIT waits for a standby that is absent");
            try {
                Thread.sleep(LENGTH);
                run(
                        connection,
                        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                                + " WHERE wait_event = 'SyncRep'");
                site.did("cancelled the waits");
                Thread.sleep(WINDOW);
            } finally {
                run(connection, "ALTER SYSTEM RESET synchronous_standby_names");
                run(connection, "SELECT pg_reload_conf()");
                site.did("COMMIT waits no more");
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
