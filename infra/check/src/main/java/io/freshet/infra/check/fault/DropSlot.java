package io.freshet.infra.check.fault;

import java.sql.SQLException;
import java.time.Duration;

/** The replication slot is dropped under the connector, with changes in it. */
record DropSlot() implements Fault {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public String description() {
        return "the replication slot dropped";
    }

    @Override
    public void strike(Site site) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = site.instance().database();
                var statement = connection.createStatement()) {
            while (true) {
                statement.execute(
                        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                                + " WHERE slot_name = 'freshet' AND active");
                try {
                    statement.execute("SELECT pg_drop_replication_slot('freshet')");
                    site.did("dropped the slot");
                    break;
                } catch (SQLException e) {
                    if (System.nanoTime() > end) {
                        throw e;
                    }
                }
            }
        }
        Thread.sleep(WINDOW.multipliedBy(2));
    }
}
