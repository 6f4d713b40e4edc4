package io.freshet.stream.audit;

import io.freshet.stream.settings.AuditSettings;
import io.freshet.stream.settings.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The way to the audit's tables: a connection that is opened when it is needed and given up after a
 * failure, and the tables of the days to come. For one thread.
 */
final class AuditDatabase implements AutoCloseable {

    private static final Duration TURN_OVER = Duration.ofHours(1);

    private final PostgresSettings postgres;
    private final AuditSettings settings;
    private final int epoch;
    private final InstantSource clock;
    private @Nullable AuditTable table;
    private Instant turnOver = Instant.EPOCH;

    AuditDatabase(
            PostgresSettings postgres, AuditSettings settings, int epoch, InstantSource clock) {
        this.postgres = postgres;
        this.settings = settings;
        this.epoch = epoch;
        this.clock = clock;
    }

    /** The tables, connected. */
    AuditTable open() throws SQLException {
        AuditTable open = table;
        if (open == null) {
            open = AuditTable.open(postgres.url(), postgres.user(), postgres.password(), epoch);
            table = open;
        }
        return open;
    }

    /** Makes and drops the tables of days, every hour. */
    void turnOver() throws SQLException {
        Instant now = clock.instant();
        if (!now.isBefore(turnOver)) {
            open().turnOver(now, settings.retention());
            turnOver = now.plus(TURN_OVER);
        }
    }

    /** Gives the connection up; the next use opens another. */
    @Override
    public void close() {
        AuditTable open = table;
        table = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException _) {
                // It is of no use any more.
            }
        }
    }
}
