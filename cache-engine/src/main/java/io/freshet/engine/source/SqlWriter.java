package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The statements of one namespace that write its database; each write is one transaction. */
final class SqlWriter implements SourceWriter {

    /** Answers no row when a later write of the key was taken from the same log. */
    private static final String FENCE =
            """
            INSERT INTO freshet.write_fences AS f (namespace, key, log, next_offset)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (namespace, key) DO UPDATE
            SET log = excluded.log, next_offset = excluded.next_offset, at = now()
            WHERE f.log <> excluded.log OR f.next_offset < excluded.next_offset
            """;

    private final Namespace namespace;
    private final String database;
    private final WriterPool pool;
    private final Duration timeout;
    private final @Nullable SqlStatement upsert;
    private final @Nullable SqlStatement delete;

    SqlWriter(
            Namespace namespace,
            String database,
            WriterPool pool,
            Duration timeout,
            @Nullable SqlStatement upsert,
            @Nullable SqlStatement delete) {
        this.namespace = namespace;
        this.database = database;
        this.pool = pool;
        this.timeout = timeout;
        this.upsert = upsert;
        this.delete = delete;
    }

    @Override
    public CompletionStage<WriteOutcome> put(
            EntryKey key, byte[] json, @Nullable WriteFence fence) {
        String value = new String(json, StandardCharsets.UTF_8);
        return write(Objects.requireNonNull(upsert), key, value, fence);
    }

    @Override
    public boolean deletes() {
        return delete != null;
    }

    @Override
    public CompletionStage<WriteOutcome> delete(EntryKey key, @Nullable WriteFence fence) {
        return write(Objects.requireNonNull(delete), key, null, fence);
    }

    private CompletionStage<WriteOutcome> write(
            SqlStatement statement,
            EntryKey key,
            @Nullable String json,
            @Nullable WriteFence fence) {
        var outcome = new CompletableFuture<WriteOutcome>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(
                        pool.write(
                                timeout,
                                connection ->
                                        fence == null || isNext(connection, key, fence)
                                                ? run(connection, statement, key, json)
                                                : 0));
            } catch (SQLException e) {
                settle(outcome, e);
            } catch (Throwable e) { // whatever it is, somebody waits for it
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private boolean isNext(Connection connection, EntryKey key, WriteFence fence)
            throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(FENCE)) {
            raise.setString(1, namespace.value());
            raise.setString(2, key.value());
            raise.setString(3, fence.log());
            raise.setLong(4, fence.offset() + 1);
            return raise.executeUpdate() == 1;
        }
    }

    private static int run(
            Connection connection, SqlStatement statement, EntryKey key, @Nullable String json)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(statement.jdbc())) {
            int place = 1;
            for (SqlParameter parameter : statement.parameters()) {
                switch (parameter) {
                    case KEY -> write.setObject(place, key.value(), Types.OTHER);
                    case VALUE -> write.setObject(place, json, Types.OTHER);
                }
                place++;
            }
            write.execute();
            return Math.max(0, write.getUpdateCount());
        }
    }

    private void settle(CompletableFuture<WriteOutcome> outcome, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "22", "23", "44", "P0" ->
                    outcome.complete(
                            new WriteOutcome.Refused(state.equals("23505"), detail(state, e)));
            case "42" ->
                    outcome.complete(
                            new WriteOutcome.Broken(
                                    "the statement of the namespace does not work (SQLSTATE %s)"
                                            .formatted(state)));
            default -> outcome.completeExceptionally(SqlFailure.ofWrite(database, e));
        }
    }

    /** Names no value, no statement: those are nobody's business but the database's. */
    private static String detail(String state, SQLException e) {
        ServerErrorMessage message =
                e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        String column = message == null ? null : message.getColumn();
        String what =
                constraint != null
                        ? "constraint '" + constraint + "'"
                        : column != null ? "column '" + column + "'" : "the value or the key";
        return "the source refuses it: %s (SQLSTATE %s)".formatted(what, state);
    }
}
