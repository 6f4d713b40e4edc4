package io.freshet.system;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A synchronous standby that every COMMIT waits for and that is not there; until it is closed. */
final class MissingStandby implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection database;

    private MissingStandby(Connection database) {
        this.database = database;
    }

    static MissingStandby of(LocalSystem system) throws SQLException {
        var missing = new MissingStandby(system.database());
        missing.execute("SET synchronous_commit = local");
        missing.execute("ALTER SYSTEM SET synchronous_standby_names = 'absent'");
        missing.reload("absent");
        return missing;
    }

    /** Makes a change, whose COMMIT hangs when this returns. */
    CompletableFuture<Void> hang(Runnable change) {
        var commit = CompletableFuture.runAsync(change);
        await("the commit hangs")
                .atMost(PATIENCE)
                .until(() ->
                        query(
                                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event ="
                                                + " 'SyncRep' AND query LIKE 'UPDATE%'")
                                .equals("t"));
        return commit;
    }

    void endTheWait() throws SQLException {
        execute("ALTER SYSTEM RESET synchronous_standby_names");
        reload("");
        execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    }

    @Override
    public void close() throws SQLException {
        endTheWait();
        database.close();
    }

    private void reload(String names) throws SQLException {
        execute("SELECT pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> query("SHOW synchronous_standby_names").equals(names));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
