package io.freshet.api.node;

import io.freshet.engine.lock.FencingTokens;
import io.freshet.engine.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/**
 * Fencing tokens out of a sequence of PostgreSQL. A number that was answered is in the log of the
 * database, so that no crash brings it back; only a promoted standby that lost commits could.
 */
final class SqlFencingTokens implements FencingTokens {

    private static final String NEXT = "SELECT nextval('freshet.lock_tokens')";

    private final DataSource database;

    SqlFencingTokens(DataSource database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Long> next() {
        var drawn = new CompletableFuture<Long>();
        Thread.startVirtualThread(() -> {
            try {
                drawn.complete(draw());
            } catch (SQLException | RuntimeException e) {
                drawn.completeExceptionally(
                        new StoreUnavailableException("PostgreSQL gives no fencing token", e));
            }
        });
        return drawn;
    }

    private long draw() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(NEXT)) {
            row.next();
            return row.getLong(1);
        }
    }
}
