package io.freshet.cdc.database;

import io.freshet.contracts.id.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The replication slot: PostgreSQL's own memory of what has been captured. Owned by Freshet.
 *
 * <p>A restart begins where the slot stands, with whole transactions; the slot is moved only after
 * everything before its new place has been published and acknowledged.
 */
public final class ReplicationSlot {

    private static final String FIND =
            """
            SELECT plugin, database, active_pid, confirmed_flush_lsn::text,
                   coalesce(wal_status, '') = 'lost', database = current_database(),
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::bigint,
                   pg_size_bytes(current_setting('max_slot_wal_keep_size'))
            FROM pg_replication_slots WHERE slot_name = ?
            """;

    private final Connection connection;
    private final String name;

    public ReplicationSlot(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * How a slot stands.
     *
     * @param activePid the server process that somebody reads it with; null when nobody does
     * @param confirmed everything committed before this has been captured
     * @param lost whether the server has removed log that it needed
     * @param lagBytes log written since {@code confirmed}
     */
    public record Standing(
            @Nullable Integer activePid,
            Lsn confirmed,
            boolean lost,
            Retention retention,
            long lagBytes) {}

    /**
     * Looks it up; null when there is none.
     *
     * @throws RefusedException when a slot of this name is somebody else's
     */
    public @Nullable Standing find() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                if (!"pgoutput".equals(row.getString(1)) || !row.getBoolean(6)) {
                    throw new RefusedException(
                            ("replication slot %s belongs to something else (plugin %s, database"
                                            + " %s): set freshet.cdc.slot to another name")
                                    .formatted(name, row.getString(1), row.getString(2)));
                }
                String confirmed = row.getString(4);
                return new Standing(
                        row.getObject(3, Integer.class),
                        confirmed == null ? new Lsn(0) : Lsn.parse(confirmed),
                        row.getBoolean(5),
                        new Retention(row.getLong(7), row.getLong(9)),
                        row.getLong(8));
            }
        }
    }

    /**
     * Creates it; waits until every transaction that is under way has ended.
     *
     * @return where it begins: what commits from here on is captured
     */
    public Lsn create() throws SQLException {
        try (PreparedStatement create =
                connection.prepareStatement(
                        "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')")) {
            create.setString(1, name);
            try (ResultSet row = create.executeQuery()) {
                row.next();
                return Lsn.parse(row.getString(1));
            }
        }
    }

    public void drop() throws SQLException {
        try (PreparedStatement drop =
                connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            drop.setString(1, name);
            drop.executeQuery().close();
        }
    }
}
