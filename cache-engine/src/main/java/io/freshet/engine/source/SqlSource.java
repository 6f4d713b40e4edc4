package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.engine.namespace.SqlSourceConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One query of a database, by key; its row, as a JSON object, is the value.
 *
 * <p>The server makes the JSON and its bytes are passed on as they are. Each load runs on a virtual
 * thread, in a read-only transaction, inside the bulkhead of its database; the key is a bound
 * parameter whose type the server infers. The server ends the query at the timeout, and the stage
 * fails at the timeout even if the server does not.
 *
 * <p>Where the database has a standby that has replayed enough, that is asked instead.
 */
final class SqlSource implements Source {

    private static final String JSON = "application/json";

    private final SqlDatabase database;
    private final String statement;
    private final int parameters;
    private final Duration timeout;
    private final RowTags tags;
    private final Demand demand;
    private final Source primary = key -> load(key, this::read);

    /** How far a standby must have replayed to answer for a key of this source's namespace. */
    @FunctionalInterface
    interface Demand {

        Lsn of(EntryKey key, Supplier<Lsn> primaryEnd);
    }

    /**
     * @throws IllegalArgumentException when the query cannot be one of a source
     */
    SqlSource(SqlDatabase database, SqlSourceConfig config, Demand demand) {
        KeyedQuery query = KeyedQuery.parse(config.sql());
        this.database = database;
        this.demand = demand;
        // Both go in one round trip.
        this.statement =
                "SET LOCAL statement_timeout = "
                        + config.timeout().toMillis()
                        + "; "
                        + query.asJson();
        this.parameters = query.parameters();
        this.timeout = config.timeout();
        this.tags = new RowTags(config.tags());
    }

    @Override
    public CompletionStage<Loaded> load(EntryKey key) {
        return load(key, this::readAnywhere);
    }

    @Override
    public Source ofPrimary() {
        return database.standby() == null ? this : primary;
    }

    /** One read; blocks. */
    @FunctionalInterface
    private interface Read {

        Loaded of(EntryKey key) throws SQLException;
    }

    private CompletionStage<Loaded> load(EntryKey key, Read read) {
        var loaded = new CompletableFuture<Loaded>();
        Thread.startVirtualThread(() -> {
            try {
                loaded.complete(read.of(key));
            } catch (SQLException e) {
                loaded.completeExceptionally(SqlFailure.of(database.name(), e));
            } catch (Throwable e) { // whatever it is, somebody waits for it
                loaded.completeExceptionally(e);
            }
        });
        var inTime = new CompletableFuture<Loaded>();
        var _ =
                loaded.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((value, failure) -> settle(inTime, value, failure));
        return inTime;
    }

    private void settle(
            CompletableFuture<Loaded> inTime, @Nullable Loaded value, @Nullable Throwable failure) {
        switch (failure) {
            case null -> inTime.complete(value);
            case TimeoutException _ ->
                    inTime.completeExceptionally(
                            new SourceException(
                                    SourceException.Reason.TIMEOUT,
                                    "'%s' did not answer within %d ms"
                                            .formatted(database.name(), timeout.toMillis()),
                                    null));
            default -> inTime.completeExceptionally(failure);
        }
    }

    /** Of the standby, if there is one and it knows enough. */
    private Loaded readAnywhere(EntryKey key) throws SQLException {
        Standby standby = database.standby();
        if (standby == null) {
            return read(key);
        }
        Lsn needed = demand.of(key, () -> database.writtenTo(timeout));
        Optional<Loaded> answer =
                standby.read(needed, timeout, connection -> read(connection, key));
        return answer.isPresent() ? answer.get() : read(key);
    }

    private Loaded read(EntryKey key) throws SQLException {
        return database.read(timeout, connection -> read(connection, key));
    }

    private Loaded read(Connection connection, EntryKey key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(statement)) {
            for (int i = 1; i <= parameters; i++) {
                query.setObject(i, key.value(), Types.OTHER);
            }
            query.setMaxRows(2);
            query.execute();
            query.getMoreResults();
            try (ResultSet rows = query.getResultSet()) {
                return read(rows);
            }
        }
    }

    private Loaded read(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return new Loaded.Absent();
        }
        byte[] row = rows.getBytes(1);
        if (rows.next()) {
            throw new SourceException(
                    SourceException.Reason.REJECTED,
                    "source.sql answers more than one row for this key: select by a unique column,"
                            + " or add LIMIT 1",
                    null);
        }
        return new Loaded.Value(row, JSON, tags.of(row));
    }
}
