package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceCatalog.Applied;
import io.freshet.engine.namespace.NamespaceCatalog.Expectation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceCatalogTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Namespace SESSIONS = new Namespace("sessions");

    private HikariDataSource dataSource;
    private NamespaceCatalog catalog;

    @BeforeEach
    void createCatalog() {
        dataSource = CatalogDatabase.migrated();
        catalog = new NamespaceCatalog(dataSource);
    }

    @AfterEach
    void closeDataSource() {
        dataSource.close();
    }

    @Test
    void shouldKeepWhatIsApplied() throws SQLException {
        // given
        var wanted = List.of(Configs.withSource(CITIES), Configs.plain(SESSIONS));

        // when
        Applied applied = catalog.apply(wanted, "test");

        // then
        assertThat(applied).isEqualTo(new Applied(List.of(CITIES, SESSIONS), List.of(), List.of()));
        assertThat(read().all()).containsExactlyElementsOf(wanted);
    }

    @Test
    void shouldChangeNothingTheSecondTime() throws SQLException {
        // given
        var wanted = List.of(Configs.withSource(CITIES), Configs.plain(SESSIONS));
        catalog.apply(wanted, "test");
        long version = number("SELECT version FROM freshet.cache_namespaces_version");

        // when
        Applied again = catalog.apply(wanted, "test");

        // then
        assertThat(again).isEqualTo(new Applied(List.of(), List.of(), List.of(CITIES, SESSIONS)));
        assertThat(number("SELECT version FROM freshet.cache_namespaces_version"))
                .isEqualTo(version);
    }

    @Test
    void shouldLeaveOthersAlone() throws SQLException {
        // given
        catalog.apply(List.of(Configs.plain(SESSIONS)), "test");

        // when
        Applied applied = catalog.apply(List.of(Configs.plain(CITIES)), "test");

        // then
        assertThat(applied.created()).containsExactly(CITIES);
        assertThat(read().find(SESSIONS)).contains(Configs.plain(SESSIONS));
    }

    @Test
    void shouldCountTheChangesOfARow() throws SQLException {
        // given
        catalog.apply(List.of(Configs.plain(CITIES)), "test");

        // when
        Applied applied = catalog.apply(List.of(Configs.withSource(CITIES)), "test");

        // then
        assertThat(applied.changed()).containsExactly(CITIES);
        assertThat(number("SELECT version FROM freshet.cache_namespaces")).isEqualTo(2);
    }

    @Test
    void shouldApplyAllOrNothing() throws SQLException {
        // given
        var tooShort =
                NamespaceConfig.builder(SESSIONS)
                        .defaultTtl(Duration.ofMillis(1500))
                        .window(Duration.ofSeconds(1), StalePolicy.REFUSE)
                        .build();

        // when
        assertThatThrownBy(() -> catalog.apply(List.of(Configs.plain(CITIES), tooShort), "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace 'sessions': default-ttl must be whole seconds, not 1500ms");

        // then
        assertThat(read().all()).isEmpty();
    }

    @Test
    void shouldSayWhetherThereWasOneToRemove() throws SQLException {
        // given
        catalog.apply(List.of(Configs.plain(CITIES)), "test");

        // when
        var removed = catalog.remove(CITIES, Expectation.ANYTHING, "test");

        // then
        assertThat(removed).isEqualTo(NamespaceCatalog.Outcome.REMOVED);
        assertThat(catalog.remove(CITIES, Expectation.ANYTHING, "test"))
                .isEqualTo(NamespaceCatalog.Outcome.ABSENT);
    }

    @Test
    void shouldHoldTheDefaultsInTheSchemaToo() throws SQLException {
        // given
        CatalogDatabase.execute(
                dataSource, "INSERT INTO freshet.cache_namespaces (name) VALUES ('sessions')");

        // when
        var config = read().find(SESSIONS);

        // then
        assertThat(config).contains(Configs.plain(SESSIONS));
    }

    @Test
    void shouldRefuseWritesWithoutAnUpsertInTheSchema() {
        assertThatThrownBy(() ->
                        CatalogDatabase.execute(
                                dataSource,
                                "INSERT INTO freshet.cache_namespaces (name, write_policy)"
                                        + " VALUES ('x', 'WRITE_BEHIND')"))
                .hasMessageContaining("cache_namespaces_writes_need_an_upsert");
    }

    private JdbcNamespaces read() throws SQLException {
        var namespaces = new JdbcNamespaces(dataSource);
        namespaces.refresh();
        return namespaces;
    }

    private long number(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
