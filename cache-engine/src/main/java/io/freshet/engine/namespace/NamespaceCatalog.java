package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table of namespaces, for those who change it. Every node follows within a second.
 *
 * <p>Blocks on JDBC; safe for use by several threads and nodes at once.
 */
public final class NamespaceCatalog {

    private final DataSource dataSource;

    public NamespaceCatalog(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What {@link #apply} did, by name, in the order given. */
    public record Applied(
            List<Namespace> created, List<Namespace> changed, List<Namespace> unchanged) {

        public Applied {
            created = List.copyOf(created);
            changed = List.copyOf(changed);
            unchanged = List.copyOf(unchanged);
        }
    }

    /**
     * Makes the named namespaces be as given, in one transaction; others are left alone.
     *
     * @param changedBy who asks, for the record of changes
     * @throws IllegalArgumentException when one cannot be stored: a TTL of less than a second or of
     *     a fraction of one
     */
    public Applied apply(Collection<NamespaceConfig> wanted, String changedBy) throws SQLException {
        wanted.forEach(NamespaceCatalog::requireStorable);
        return change(changedBy, (connection, found) -> apply(connection, found, wanted));
    }

    /** What {@link #put} and {@link #remove} did. */
    public enum Outcome {
        /** There was none, now there is. */
        CREATED,
        /** There was another one. */
        CHANGED,
        /** It was so already. */
        UNCHANGED,
        /** There was one, now there is none. */
        REMOVED,
        /** There is none to remove. */
        ABSENT,
        /** What is there is not what the caller expected: nothing was done. */
        UNEXPECTED
    }

    /** Whether what is there is what the caller expects. */
    @FunctionalInterface
    public interface Expectation {

        Expectation ANYTHING = _ -> true;

        boolean isMetBy(@Nullable NamespaceConfig present);
    }

    /**
     * Makes one namespace be as given, if what is there is as expected.
     *
     * @param changedBy who asks, for the record of changes
     * @throws IllegalArgumentException when it cannot be stored, as of {@link #apply}
     */
    public Outcome put(NamespaceConfig config, Expectation expectation, String changedBy)
            throws SQLException {
        requireStorable(config);
        return change(
                changedBy,
                (connection, found) -> {
                    NamespaceConfig before = found.get(config.name());
                    if (!expectation.isMetBy(before)) {
                        return Outcome.UNEXPECTED;
                    }
                    if (config.equals(before)) {
                        return Outcome.UNCHANGED;
                    }
                    NamespaceRows.upsert(connection, config);
                    return before == null ? Outcome.CREATED : Outcome.CHANGED;
                });
    }

    /** Removes one, if what is there is as expected. */
    public Outcome remove(Namespace name, Expectation expectation, String changedBy)
            throws SQLException {
        return change(
                changedBy,
                (connection, found) -> {
                    NamespaceConfig before = found.get(name);
                    if (!expectation.isMetBy(before)) {
                        return Outcome.UNEXPECTED;
                    }
                    return NamespaceRows.delete(connection, name)
                            ? Outcome.REMOVED
                            : Outcome.ABSENT;
                });
    }

    private interface Change<T> {
        T make(Connection connection, Map<Namespace, NamespaceConfig> found) throws SQLException;
    }

    /** Makes a change, in one transaction, to what was found there. */
    private <T> T change(String changedBy, Change<T> change) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return inTransaction(
                    connection,
                    () -> {
                        NamespaceChanges.attribute(connection, changedBy);
                        return change.make(connection, lockAndRead(connection));
                    });
        }
    }

    /** Other writers wait, readers do not: what is compared here is what is changed. */
    private static Map<Namespace, NamespaceConfig> lockAndRead(Connection connection)
            throws SQLException {
        Map<Namespace, NamespaceConfig> found = new HashMap<>();
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE freshet.cache_namespaces IN SHARE ROW EXCLUSIVE MODE");
            try (var rows = statement.executeQuery(NamespaceRows.SELECT_ALL)) {
                while (rows.next()) {
                    NamespaceConfig config = NamespaceRows.read(rows);
                    found.put(config.name(), config);
                }
            }
        }
        return found;
    }

    private static Applied apply(
            Connection connection,
            Map<Namespace, NamespaceConfig> found,
            Collection<NamespaceConfig> wanted)
            throws SQLException {
        var created = new ArrayList<Namespace>();
        var changed = new ArrayList<Namespace>();
        var unchanged = new ArrayList<Namespace>();
        for (NamespaceConfig config : wanted) {
            NamespaceConfig before = found.get(config.name());
            if (config.equals(before)) {
                unchanged.add(config.name());
            } else {
                NamespaceRows.upsert(connection, config);
                (before == null ? created : changed).add(config.name());
            }
        }
        return new Applied(created, changed, unchanged);
    }

    private static void requireStorable(NamespaceConfig config) {
        Duration ttl = config.defaultTtl();
        if (ttl.toSeconds() < 1 || ttl.toSeconds() > Integer.MAX_VALUE || ttl.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "namespace '%s': default-ttl must be whole seconds, not %s"
                            .formatted(config.name(), DurationText.format(ttl)));
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
