package io.freshet.stream.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the audit, over one connection. For one thread; after an {@link SQLException} it is
 * of no use any more.
 */
final class AuditTable implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;
    private static final String PROGRESS =
            "SELECT next_offset, seen FROM freshet.audit_progress WHERE epoch = ? AND partition = ?";
    private static final String BEGIN =
            """
            INSERT INTO freshet.audit_progress (epoch, partition, next_offset, seen)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String MOVE =
            """
            UPDATE freshet.audit_progress SET next_offset = ?, seen = ?
            WHERE epoch = ? AND partition = ? AND next_offset = ?
            """;
    private static final String ROW =
            """
            INSERT INTO freshet.audit (at, leads, partition, first_position, last_position,
                inbox_partition, inbox_offset, event_id, occurred_at, namespace, type, targets,
                count, mode, lsn, kind, source, transaction, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String EFFECT =
            """
            INSERT INTO freshet.audit_effects (at, partition, position, evicted, exact)
            VALUES (?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final int epoch;
    private final Set<LocalDate> days = new HashSet<>();

    private AuditTable(Connection connection, int epoch) {
        this.connection = connection;
        this.epoch = epoch;
    }

    /** Connects. */
    static AuditTable open(String url, String user, String password, int epoch)
            throws SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("reWriteBatchedInserts", "true");
        login.setProperty("ApplicationName", "freshet-audit");
        Connection connection = DriverManager.getConnection(url, login);
        connection.setAutoCommit(false);
        return new AuditTable(connection, epoch);
    }

    /** How far a partition is, which begins here if it has not. */
    Progress progress(int partition, int inboxPartitions) throws SQLException {
        Progress none = Progress.none(inboxPartitions);
        try (var begin = connection.prepareStatement(BEGIN);
                var query = connection.prepareStatement(PROGRESS)) {
            begin.setInt(1, epoch);
            begin.setInt(2, partition);
            begin.setLong(3, none.nextOffset());
            begin.setArray(4, connection.createArrayOf("bigint", none.seen().toArray()));
            begin.executeUpdate();
            query.setInt(1, epoch);
            query.setInt(2, partition);
            try (var row = query.executeQuery()) {
                row.next();
                var found =
                        new Progress(
                                row.getLong(1), Arrays.asList((Long[]) row.getArray(2).getArray()));
                connection.commit();
                return found;
            }
        }
    }

    /**
     * Writes rows and how far the partition is with them, in one transaction.
     *
     * @return false when another has written since: then nothing was
     */
    boolean write(int partition, List<AuditRow> rows, Progress before, Progress after)
            throws SQLException {
        for (AuditRow row : rows) {
            ensure(row.at());
        }
        try (var move = connection.prepareStatement(MOVE)) {
            move.setLong(1, after.nextOffset());
            move.setArray(2, connection.createArrayOf("bigint", after.seen().toArray()));
            move.setInt(3, epoch);
            move.setInt(4, partition);
            move.setLong(5, before.nextOffset());
            if (move.executeUpdate() == 0) {
                connection.rollback();
                return false;
            }
        }
        try (var insert = connection.prepareStatement(ROW)) {
            for (AuditRow row : rows) {
                bind(row, insert);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        return true;
    }

    /** Writes what became of invalidations. */
    void write(List<Effect> effects) throws SQLException {
        for (Effect effect : effects) {
            ensure(effect.at());
        }
        try (var insert = connection.prepareStatement(EFFECT)) {
            for (Effect effect : effects) {
                insert.setObject(1, effect.at().atOffset(ZoneOffset.UTC));
                insert.setInt(2, effect.partition());
                insert.setLong(3, effect.position().packed());
                insert.setLong(4, effect.evicted());
                insert.setBoolean(5, effect.exact());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    /** Makes the tables of the next days, and drops those that are older than is kept. */
    void turnOver(Instant now, Duration retention) throws SQLException {
        ensure(now);
        ensure(now.plus(Duration.ofDays(1)));
        ensure(now.plus(Duration.ofDays(2)));
        try (var forget = connection.prepareStatement("SELECT freshet.audit_forget(?)")) {
            forget.setObject(1, dayOf(now.minus(retention)));
            forget.execute();
        }
        connection.commit();
        days.removeIf(day -> day.isBefore(dayOf(now.minus(retention))));
    }

    private void ensure(Instant at) throws SQLException {
        LocalDate day = dayOf(at);
        if (days.contains(day)) {
            return;
        }
        try (var make = connection.prepareStatement("SELECT freshet.audit_day(?)")) {
            make.setObject(1, day);
            make.execute();
        }
        connection.commit();
        days.add(day);
    }

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private void bind(AuditRow row, PreparedStatement insert) throws SQLException {
        var event = row.event();
        var cause = event.cause();
        insert.setObject(1, row.at().atOffset(ZoneOffset.UTC));
        insert.setBoolean(2, row.leads());
        insert.setInt(3, row.partition());
        insert.setLong(4, row.first().packed());
        insert.setLong(5, row.last().packed());
        insert.setInt(6, row.via().partition());
        insert.setLong(7, row.via().offset());
        insert.setString(8, event.id());
        insert.setObject(9, event.at() == null ? null : event.at().atOffset(ZoneOffset.UTC));
        insert.setString(10, event.target().namespace().value());
        insert.setString(11, row.type());
        insert.setArray(12, connection.createArrayOf("text", row.targets().toArray()));
        insert.setLong(13, row.count());
        insert.setString(14, lower(event.mode()));
        insert.setString(15, event.lsn() == null ? null : event.lsn().toString());
        insert.setString(16, lower(cause.kind()));
        insert.setString(17, text(cause.source()));
        insert.setObject(18, cause.transaction());
        insert.setString(19, text(cause.detail()));
    }

    /** PostgreSQL has no text with the character zero in it. */
    private static @Nullable String text(@Nullable String text) {
        return text == null ? null : text.replace("\0", "");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
