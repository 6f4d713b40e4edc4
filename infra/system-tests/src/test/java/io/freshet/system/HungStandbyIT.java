package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * X1, rule 1: a synchronous standby is missing, so that a COMMIT hangs. The slot delivers the
 * change, new readers still see the old row and fill the cache with it; then the wait is cancelled.
 */
@Order(Integer.MAX_VALUE - 1)
class HungStandbyIT {

    /** {@code max-staleness} of the demo's namespace, and what clocks and requests need. */
    private static final Duration WINDOW = Duration.ofMillis(2_000 + 500);

    /** Longer than cdc-connector holds back what is not visible. */
    private static final Duration HANGING = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private Connection database;
    private Cities cities;
    private City city;

    @BeforeEach
    void cacheACity() throws SQLException {
        database = system.database();
        cities = new Cities(system);
        city = cities.take();
        assertThat(nameOf(client.get(NAMESPACE, city.key()))).isEqualTo(city.name());
    }

    @AfterEach
    void disconnect() throws SQLException {
        cities.close();
        database.close();
    }

    @Test
    void shouldServeTheNewRowWithinTheWindowOfItsVisibility() throws Exception {
        renameWhileAStandbyIsMissing();

        await().atMost(WINDOW)
                .untilAsserted(() -> {
                    assertThat(nameOf(client.get(NAMESPACE, city.key()))).isEqualTo("Renamed");
                    assertThat(nameOf(client.getFromRedis(NAMESPACE, city.key())))
                            .isEqualTo("Renamed");
                });
    }

    /**
     * The barrier is what does it: without it the old row stays, and is answered from the cache.
     */
    @Test
    void shouldKeepTheOldRowWithoutTheBarrier() throws Exception {
        letCaptureSeeEverything();
        try {
            renameWhileAStandbyIsMissing();

            await("answers from the cache again")
                    .atMost(PATIENCE)
                    .until(() -> client.get(NAMESPACE, city.key()).isHit());
            assertThat(nameOf(client.get(NAMESPACE, city.key()))).isEqualTo(city.name());
            assertThat(cities.names(List.of(city))).containsValue("Renamed");
        } finally {
            letCaptureSeeWhatIsVisible();
        }
    }

    private void renameWhileAStandbyIsMissing() throws SQLException {
        execute("ALTER SYSTEM SET synchronous_standby_names = 'absent'");
        CompletableFuture<Void> commit;
        try {
            reload("absent");
            commit =
                    CompletableFuture.runAsync(() -> {
                        try {
                            cities.rename(city, "Renamed");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            await("the commit hangs").atMost(PATIENCE).until(() -> isHanging("UPDATE%"));
            readFor(HANGING);
            assertThat(commit).isNotDone();
        } finally {
            execute("ALTER SYSTEM RESET synchronous_standby_names");
            reload("");
            execute(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event ="
                            + " 'SyncRep'");
        }
        commit.join();
    }

    private void readFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            assertThat(nameOf(client.get(NAMESPACE, city.key()))).isEqualTo(city.name());
            assertThat(nameOf(client.getFromRedis(NAMESPACE, city.key()))).isEqualTo(city.name());
        }
    }

    /** Puts before PostgreSQL's own function one that calls every transaction visible. */
    private void letCaptureSeeEverything() throws SQLException {
        execute("CREATE SCHEMA blind");
        execute(
                """
                CREATE FUNCTION blind.pg_current_snapshot() RETURNS pg_snapshot LANGUAGE sql AS $$
                    SELECT format('%1$s:%1$s:', xmax + 1000000)::pg_snapshot
                    FROM (SELECT pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint
                        AS xmax) AS now
                $$
                """);
        execute("ALTER ROLE CURRENT_USER SET search_path = blind, pg_catalog, public");
        system.killAndAwaitRestart(Service.CDC_CONNECTOR);
    }

    private void letCaptureSeeWhatIsVisible() throws SQLException {
        execute("ALTER ROLE CURRENT_USER RESET search_path");
        execute("DROP SCHEMA blind CASCADE");
        system.killAndAwaitRestart(Service.CDC_CONNECTOR);
    }

    private void reload(String names) throws SQLException {
        execute("SELECT pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> query("SHOW synchronous_standby_names").equals(names));
    }

    private boolean isHanging(String statement) throws SQLException {
        return query(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                                + " AND query LIKE '"
                                + statement
                                + "'")
                .equals("t");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String nameOf(Answer answer) {
        return answer.value().path("name").asString();
    }
}
