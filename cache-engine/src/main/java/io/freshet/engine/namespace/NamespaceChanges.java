package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Who changed which namespace, as triggers have recorded it. Blocks on JDBC; thread-safe. */
public final class NamespaceChanges {

    private static final String SELECT =
            """
            SELECT id, operation, before::text, after::text, changed_by, changed_at, xid::text
            FROM freshet.cache_namespaces_changes
            WHERE name = ? AND id < ? ORDER BY id DESC LIMIT ?
            """;

    private final DataSource dataSource;

    public NamespaceChanges(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * One change.
     *
     * @param id grows with time
     * @param operation {@code INSERT}, {@code UPDATE} or {@code DELETE}
     * @param before the row as JSON, without secrets; null when there was none
     * @param after the row as JSON; null when there is none
     * @param transaction that made it
     */
    public record Recorded(
            long id,
            String operation,
            @Nullable String before,
            @Nullable String after,
            String changedBy,
            Instant changedAt,
            long transaction) {}

    /**
     * The changes of a namespace, also of one that is gone; the latest first.
     *
     * @param before only those with smaller ids
     */
    public List<Recorded> of(Namespace name, long before, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, name.value());
            statement.setLong(2, before);
            statement.setInt(3, limit);
            List<Recorded> changes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    changes.add(read(row));
                }
            }
            return changes;
        }
    }

    private static Recorded read(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong(1),
                row.getString(2),
                hidden(row.getString(3)),
                hidden(row.getString(4)),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                Long.parseLong(row.getString(7)));
    }

    private static @Nullable String hidden(@Nullable String row) {
        return row == null ? null : SecretHeaders.hideInRow(row);
    }

    /** Names who makes the changes of the present transaction. */
    static void attribute(Connection connection, String changedBy) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('freshet.changed_by', ?, true)")) {
            statement.setString(1, changedBy);
            statement.execute();
        }
    }
}
