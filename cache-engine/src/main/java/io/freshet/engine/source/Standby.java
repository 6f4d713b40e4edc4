package io.freshet.engine.source;

import io.freshet.contracts.id.Lsn;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby of a source's database. It answers only once it has replayed enough, which it is asked
 * on the connection that then runs the query: the query's snapshot is younger than that answer.
 */
final class Standby implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Standby.class);
    private static final long PAUSE_MILLIS = 2;
    private static final String REPLAYED =
            "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text";

    private final SqlDatabase replica;
    private final Duration wait;
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private volatile boolean failing;

    private enum Outcome {
        ANSWERED,
        BEHIND,
        UNAVAILABLE
    }

    Standby(SqlDatabase replica, Duration wait) {
        this.replica = replica;
        this.wait = wait;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void bindTo(MeterRegistry registry, String source) {
        outcomes.forEach((outcome, count) ->
                FunctionCounter.builder("freshet.standby.reads", count, LongAdder::doubleValue)
                        .description("Loads that a standby answered, or that went to the primary")
                        .tag("source", source)
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(registry));
    }

    /**
     * Runs a query when the standby has replayed {@code needed}; blocks for the wait at most.
     *
     * @return empty when it has not by then, cannot be asked, or is a standby no more: ask the
     *     primary
     */
    <T> Optional<T> read(Lsn needed, Duration timeout, SqlDatabase.Query<T> query) {
        try {
            Optional<T> answer =
                    replica.read(
                            timeout,
                            connection ->
                                    hasReplayed(connection, needed)
                                            ? Optional.of(query.run(connection))
                                            : Optional.empty());
            failing = false;
            count(answer.isPresent() ? Outcome.ANSWERED : Outcome.BEHIND);
            return answer;
        } catch (SQLException | SourceException e) {
            if (!failing) {
                failing = true;
                log.atWarn()
                        .addKeyValue("standby", replica.name())
                        .addKeyValue("reason", e.getMessage())
                        .log("The standby does not answer: the primary is read");
            }
            count(Outcome.UNAVAILABLE);
            return Optional.empty();
        }
    }

    private boolean hasReplayed(Connection connection, Lsn needed) throws SQLException {
        long deadline = System.nanoTime() + wait.toNanos();
        try (var statement = connection.prepareStatement(REPLAYED)) {
            while (true) {
                try (var row = statement.executeQuery()) {
                    row.next();
                    String replayed = row.getString(2);
                    if (!row.getBoolean(1) || replayed == null) {
                        return false;
                    }
                    if (Lsn.parse(replayed).compareTo(needed) >= 0) {
                        return true;
                    }
                }
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void count(Outcome outcome) {
        LongAdder adder = outcomes.get(outcome);
        if (adder != null) {
            adder.increment();
        }
    }

    @Override
    public void close() {
        replica.close();
    }
}
