package io.freshet.api.audit;

import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables that invalidation-stream writes the audit to. An invalidation of a scope stands in
 * every partition of the log, each with a row, and what it evicted is told by its place in each.
 *
 * <p>Blocks on JDBC; thread-safe.
 */
public final class AuditTable {

    private static final int TIMEOUT_SECONDS = 10;

    private final DataSource database;

    public AuditTable(DataSource database) {
        this.database = database;
    }

    /** The invalidations that a caller wants to see, the latest first. */
    List<Audited> find(AuditQuery asked) throws SQLException {
        var filter = new Filter();
        filter.add(" AND namespace = ?", text(asked.namespace()));
        filter.add(" AND type = 'key' AND targets @> ARRAY[?::text]", text(asked.key()));
        filter.add(" AND type = 'tag' AND targets @> ARRAY[?::text]", text(asked.tag()));
        filter.add(" AND at >= ?", time(asked.since()));
        filter.add(" AND at < ?", time(asked.until()));
        filter.add(" AND kind = ?", asked.kind() == null ? null : AuditQuery.nameOf(asked.kind()));
        filter.add(" AND transaction = ?", asked.transaction());
        if (asked.after() != null) {
            filter.add(" AND (at, id) < (?, ", time(asked.after().at()));
            filter.add("?)", asked.after().id());
        }
        return read(filter, asked.limit());
    }

    /**
     * The latest that may have been about an entry: of the key, of one of its tags, of a pattern,
     * of its whole namespace.
     */
    public List<Audited> about(String namespace, String key, List<String> tags, int limit)
            throws SQLException {
        var filter = new Filter();
        filter.add(" AND namespace = ?", namespace);
        filter.add(
                " AND (type IN ('pattern', 'namespace') OR (type = 'key' AND targets @> ARRAY[?::text])",
                key);
        filter.add(
                " OR (type = 'tag' AND targets && string_to_array(?, E'\\x01')))",
                String.join("\u0001", tags));
        return read(filter, limit);
    }

    private List<Audited> read(Filter filter, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                var query = connection.prepareStatement(query(filter.sql))) {
            query.setQueryTimeout(TIMEOUT_SECONDS);
            int next = filter.bind(query);
            query.setInt(next, limit);
            try (ResultSet rows = query.executeQuery()) {
                var found = new ArrayList<Audited>();
                while (rows.next()) {
                    found.add(audited(rows));
                }
                return found;
            }
        }
    }

    /** Partitions of the tables are days: the bounds on times let the others be. */
    private static String query(CharSequence filter) {
        return """
        SELECT a.id, a.at, a.occurred_at, a.namespace, a.type, a.targets, a.count, a.mode, a.lsn,
               a.kind, a.source, a.transaction, a.detail, a.inbox_partition, a.inbox_offset,
               p.partitions, p.positions, e.evicted, e.exact, e.gone_at
        FROM (SELECT * FROM freshet.audit WHERE leads%s
              ORDER BY at DESC, id DESC LIMIT ?) a
        LEFT JOIN LATERAL (
            SELECT array_agg(s.partition ORDER BY s.partition) AS partitions,
                   array_agg(s.first_position ORDER BY s.partition) AS positions
            FROM freshet.audit s
            WHERE s.inbox_partition = a.inbox_partition AND s.inbox_offset = a.inbox_offset
              AND s.namespace = a.namespace AND s.type = a.type
              AND s.at BETWEEN a.at - interval '1 hour' AND a.at + interval '1 hour') p ON true
        LEFT JOIN LATERAL (
            SELECT sum(e.evicted)::bigint AS evicted, max(e.at) AS gone_at,
                   bool_and(e.exact)
                       AND a.count = a.last_position - a.first_position + 1 AS exact
            FROM unnest(p.partitions, p.positions) AS s (partition, position)
            JOIN freshet.audit_effects e ON e.partition = s.partition
             AND e.position BETWEEN s.position
                 AND s.position + (a.last_position - a.first_position)
             AND e.at BETWEEN a.at - interval '1 hour' AND a.at + interval '7 days') e ON true
        ORDER BY a.at DESC, a.id DESC
        """
                .formatted(filter);
    }

    private static Audited audited(ResultSet row) throws SQLException {
        return new Audited(
                row.getLong("id"),
                instant(row.getObject("at", OffsetDateTime.class)),
                instantOrNull(row.getObject("occurred_at", OffsetDateTime.class)),
                row.getString("namespace"),
                row.getString("type"),
                Arrays.asList((String[]) row.getArray("targets").getArray()),
                row.getLong("count"),
                row.getString("mode"),
                row.getString("lsn"),
                new Audited.Caused(
                        row.getString("kind"),
                        row.getString("source"),
                        row.getObject("transaction", Long.class),
                        row.getString("detail")),
                new InboxPosition(row.getInt("inbox_partition"), row.getLong("inbox_offset"))
                        .toString(),
                positions(row),
                row.getObject("evicted", Long.class),
                row.getBoolean("exact"),
                instantOrNull(row.getObject("gone_at", OffsetDateTime.class)));
    }

    private static List<String> positions(ResultSet row) throws SQLException {
        Integer[] partitions = (Integer[]) row.getArray("partitions").getArray();
        Long[] positions = (Long[]) row.getArray("positions").getArray();
        var places = new ArrayList<String>();
        for (int i = 0; i < partitions.length; i++) {
            places.add(new LogPosition(partitions[i], new Stamp(positions[i])).toString());
        }
        return places;
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private static @Nullable Instant instantOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Object time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable Object identifier) {
        return identifier == null ? null : identifier.toString();
    }

    /** Conditions, each with its value. */
    private static final class Filter {

        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, @Nullable Object value) {
            if (value != null) {
                sql.append(condition);
                values.add(value);
            }
        }

        int bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return values.size() + 1;
        }
    }
}
