package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    /**
     * The connector dies with two changes published and its position before both: it stays before a
     * commit that hangs.
     */
    @Test
    void shouldLeaveNoOldRowWhenChangesAreDeliveredAgain() throws Exception {
        double refused = refusedAsOlder();
        double early = publishedEarly();
        long killed;
        try (var standby = MissingStandby.of(system)) {
            CompletableFuture<Void> hanging = standby.hang(this::touchAnother);
            await("published early").atMost(PATIENCE).until(() -> publishedEarly() > early);
            execute("SET synchronous_commit = local");
            double written = rowsWritten();
            rename("AT", "First");
            rename("AT", "Second");
            await("both published").atMost(PATIENCE).until(() -> rowsWritten() >= written + 2);
            killed = system.kill(Service.CDC_CONNECTOR);
            standby.endTheWait();
            hanging.join();
        }

        system.awaitRestart(Service.CDC_CONNECTOR, killed);

        await("delivered again").atMost(PATIENCE).until(() -> refusedAsOlder() > refused);
        String written = query("SELECT pg_current_wal_insert_lsn()");
        await("everything before is in force")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    Answer answer = client.get(NAMESPACE, "AT", "Freshet-Min-LSN", written);
                    assertThat(nameOf(answer)).isEqualTo("Second");
                    assertThat(answer.isHit()).isTrue();
                });
        awaitApplied("AT");
        assertThat(nameOf(cached("AT"))).isEqualTo("Behind it");
    }

    private void touchAnother() {
        try (Connection other = system.database();
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE public.countries SET name = name WHERE code = 'LU'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
        return metric(
                Service.INVALIDATION_STREAM, "freshet_rows_refused_total", "reason=\"older\"");
    }

    private double rowsWritten() {
        return metric(Service.INVALIDATION_STREAM, "freshet_rows_written_total", "");
    }

    private double publishedEarly() {
        return metric(Service.CDC_CONNECTOR, "freshet_capture_early_publications_total", "");
    }

    private double metric(Service service, String name, String tag) {
        return client.metrics(system.management(service))
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
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
