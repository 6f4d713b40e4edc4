package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D3, {@code write}: a changed row takes the place of its entry, and no old row ever does. */
class WriteStrategyIT {

    private static final String NAMESPACE = "countries";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private Connection database;
    private String newest = "";

    @BeforeEach
    void connect() throws SQLException {
        database = system.database();
    }

    @AfterEach
    void disconnect() throws SQLException {
        database.close();
    }

    @Test
    void shouldHaveTheNewRowWithoutReadingTheSource() throws Exception {
        rename("CH", "Helvetia");

        awaitCached("CH", "Helvetia");

        assertThat(cached("CH").value())
                .hasToString(
                        query(
                                "SELECT row_to_json(q) FROM (SELECT code, name, continent FROM"
                                        + " public.countries WHERE code = 'CH') q"));
        client.get(NAMESPACE, "CH");
        rename("CH", "Switzerland");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(nameOf(client.get(NAMESPACE, "CH"))).isEqualTo("Switzerland"));
    }

    @Test
    void shouldForgetARowThatIsDeleted() throws Exception {
        execute("INSERT INTO public.countries VALUES ('XX', 'Nowhere', 'EU')");
        awaitCached("XX", "Nowhere");

        execute("DELETE FROM public.countries WHERE code = 'XX'");

        await().atMost(PATIENCE).until(() -> cached("XX").status() == 404);
    }

    /** The connector dies with two changes published and its position before both. */
    @Test
    void shouldLeaveNoOldRowWhenChangesAreDeliveredAgain() throws Exception {
        double before = refusedAsOlder();
        long killed = killBetweenPublicationAndPosition();

        system.awaitRestart(Service.CDC_CONNECTOR, killed);

        await("delivered again").atMost(PATIENCE).until(() -> refusedAsOlder() > before);
        String written = query("SELECT pg_current_wal_insert_lsn()");
        await("everything before is in force")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    Answer answer = client.get(NAMESPACE, "AT", "Freshet-Min-LSN", written);
                    assertThat(nameOf(answer)).isEqualTo(newest);
                    assertThat(answer.isHit()).isTrue();
                });
        awaitApplied("AT");
        assertThat(nameOf(cached("AT"))).isEqualTo("Behind it");
    }

    private long killBetweenPublicationAndPosition() throws SQLException {
        for (int attempt = 0; attempt < 20; attempt++) {
            String before = query("SELECT pg_current_wal_insert_lsn()");
            newest = "Second of " + attempt;
            rename("AT", "First");
            rename("AT", newest);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> nameOf(cached("AT")).equals(newest));
            long killed = system.kill(Service.CDC_CONNECTOR);
            if (query(
                            "SELECT bool_and(confirmed_flush_lsn <= '%s') FROM pg_replication_slots"
                                    .formatted(before))
                    .equals("t")) {
                return killed;
            }
            system.awaitRestart(Service.CDC_CONNECTOR, killed);
        }
        throw new AssertionError("the position was always stored in time");
    }

    /** A row that is written later stands behind all that was delivered again. */
    private void awaitApplied(String code) throws SQLException {
        rename(code, "Behind it");
        awaitCached(code, "Behind it");
    }

    private void awaitCached(String code, String name) {
        await().atMost(PATIENCE).until(() -> nameOf(cached(code)).equals(name));
    }

    /** Never of the source. */
    private Answer cached(String code) {
        return client.get(NAMESPACE, code, "Cache-Control", "only-if-cached");
    }

    private double refusedAsOlder() {
        return client.metrics(system.management(Service.INVALIDATION_STREAM))
                .lines()
                .filter(line -> line.startsWith("freshet_rows_refused_total"))
                .filter(line -> line.contains("reason=\"older\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void rename(String code, String name) throws SQLException {
        execute("UPDATE public.countries SET name = '%s' WHERE code = '%s'".formatted(name, code));
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
        return answer.value().path("name").asString("");
    }
}
