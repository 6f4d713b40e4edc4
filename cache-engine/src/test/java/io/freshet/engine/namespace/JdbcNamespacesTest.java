package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceCatalog.Expectation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcNamespacesTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Duration LONG = Duration.ofSeconds(20);

    private HikariDataSource dataSource;
    private JdbcNamespaces namespaces;

    @BeforeEach
    void createDatabase() {
        dataSource = CatalogDatabase.empty();
        namespaces = new JdbcNamespaces(dataSource, Duration.ofMillis(50));
    }

    @AfterEach
    void close() {
        namespaces.close();
        dataSource.close();
    }

    @Test
    void shouldTellWhatChangesWhileItRuns() throws Exception {
        // given
        CatalogDatabase.migrate(dataSource);
        var catalog = new NamespaceCatalog(dataSource);
        var told = new CopyOnWriteArrayList<NamespaceChange>();
        namespaces.onChange(told::add);
        namespaces.start();
        assertThat(namespaces.awaitFirst(LONG)).isTrue();

        // when
        catalog.apply(List.of(Configs.plain(CITIES)), "test");
        await().until(() -> told.size() == 1);
        catalog.apply(List.of(Configs.withSource(CITIES)), "test");
        await().until(() -> told.size() == 2);
        catalog.remove(CITIES, Expectation.ANYTHING, "test");
        await().until(() -> told.size() == 3);

        // then
        assertThat(told)
                .containsExactly(
                        new NamespaceChange.Added(Configs.plain(CITIES)),
                        new NamespaceChange.Changed(
                                Configs.plain(CITIES), Configs.withSource(CITIES)),
                        new NamespaceChange.Removed(Configs.withSource(CITIES)));
        assertThat(namespaces.find(CITIES)).isEmpty();
    }

    @Test
    void shouldLookWhenItIsWoken() throws Exception {
        // given
        CatalogDatabase.migrate(dataSource);
        try (var seldom = new JdbcNamespaces(dataSource, Duration.ofHours(1))) {
            seldom.start();
            assertThat(seldom.awaitFirst(LONG)).isTrue();
            new NamespaceCatalog(dataSource).apply(List.of(Configs.plain(CITIES)), "test");

            // when
            seldom.wake();

            // then
            await().until(() -> seldom.find(CITIES).isPresent());
        }
    }

    @Test
    void shouldWaitForASchemaThatIsNotThereYet() throws Exception {
        // given
        namespaces.start();
        await().until(() -> namespaces.problem().isPresent());

        // when
        CatalogDatabase.migrate(dataSource);

        // then
        assertThat(namespaces.awaitFirst(LONG)).isTrue();
        await().until(() -> namespaces.problem().isEmpty());
    }

    @Test
    void shouldKeepTheLastKnownWhileTheCatalogCannotBeRead() throws Exception {
        // given
        CatalogDatabase.migrate(dataSource);
        new NamespaceCatalog(dataSource).apply(List.of(Configs.plain(CITIES)), "test");
        namespaces.start();
        assertThat(namespaces.awaitFirst(LONG)).isTrue();

        // when
        CatalogDatabase.execute(
                dataSource, "ALTER TABLE freshet.cache_namespaces_version RENAME TO away");
        await().until(() -> namespaces.problem().isPresent());

        // then
        assertThat(namespaces.find(CITIES)).contains(Configs.plain(CITIES));
    }

    @Test
    void shouldKeepANamespaceAsItWasWhenItsRowIsNotAllowed() throws SQLException {
        // given
        CatalogDatabase.migrate(dataSource);
        new NamespaceCatalog(dataSource).apply(List.of(Configs.withSource(CITIES)), "test");
        namespaces.refresh();

        // when
        CatalogDatabase.execute(
                dataSource,
                "UPDATE freshet.cache_namespaces SET source = '{\"sql\": \"SELECT 1\"}'");
        namespaces.refresh();

        // then
        assertThat(namespaces.find(CITIES)).contains(Configs.withSource(CITIES));
    }
}
