package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.all;
import static io.freshet.cdc.capture.CaptureRig.key;
import static io.freshet.cdc.capture.CaptureRig.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.cdc.database.Catalog;
import io.freshet.cdc.database.StatementTrial;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.contracts.event.Target;
import io.freshet.infra.servers.InstalledPostgres;
import io.freshet.infra.servers.PostgresOptions;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.ServerProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * D3, X5: what all other tests show on the newest PostgreSQL, in short on an older one. All of
 * them: {@code -Dfreshet.postgres.home=/usr/lib/postgresql/15}.
 */
class OlderPostgresTest {

    private static final int MAJOR = 15;

    private static final String RULES =
            """
            - name: articles
              table: public.articles
              namespace: articles
              keys: ['{id}']
              tags: ['section:{section}']
              when: "status = 'published'"
            - name: parted
              table: public.parted
              namespace: parted
              keys: ['{id}']
              columns: [value]
            """;

    @TempDir private Path directory;

    @Test
    void shouldCaptureAndForeseeAsOnTheNewest() throws Exception {
        Path data = directory.resolve("pg");
        Optional<PostgresServer> started = InstalledPostgres.start(MAJOR, PostgresOptions.in(data));
        assumeTrue(started.isPresent(), "PostgreSQL 15 is not installed");
        try (PostgresServer server = started.orElseThrow();
                CaptureRig rig = CaptureRig.on(server)) {
            createTables(rig);
            assertThat(rig.text("SHOW server_version")).startsWith("15");
            rig.startAndForgetBarriers(RULES);

            capturesRows(rig);
            capturesCalls(rig);
            rig.stop();
            rig.sql("UPDATE parted SET value = 9 WHERE id = 2");
            rig.start(RULES);
            rig.awaitCapturing();
            assertThat(rig.targetsAfterAllDelivered()).contains(key("parted", "2"));
            foresees(rig);
        } finally {
            ServerProvider.configured().discard(data);
        }
    }

    private static void createTables(CaptureRig rig) throws SQLException {
        rig.sql(
                "CREATE TABLE articles (id int PRIMARY KEY, section text, status text)",
                "ALTER TABLE articles REPLICA IDENTITY FULL",
                """
                CREATE TABLE parted (id int PRIMARY KEY, value int, other int)
                PARTITION BY RANGE (id)
                """,
                "CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE part_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "ALTER TABLE part_1 REPLICA IDENTITY FULL",
                "ALTER TABLE part_2 REPLICA IDENTITY FULL");
    }

    private static void capturesRows(CaptureRig rig) throws SQLException {
        rig.sql(
                "INSERT INTO articles VALUES (1, 'news', 'published'), (2, 'news', 'draft')",
                "UPDATE articles SET section = 'sport' WHERE id = 1",
                "INSERT INTO parted VALUES (1, 1, 1), (2, 2, 2)");
        assertThat(rig.targetsAfterAllDelivered())
                .contains(
                        key("articles", "1"),
                        tag("articles", "section:news"),
                        tag("articles", "section:sport"),
                        key("parted", "1"),
                        key("parted", "2"))
                .doesNotContain(key("articles", "2"));
        rig.inbox.forget();

        rig.sql("UPDATE parted SET other = 7", "UPDATE articles SET status = status");
        assertThat(rig.targetsAfterAllDelivered()).isEmpty();

        rig.sql("UPDATE parted SET id = 11 WHERE id = 1", "TRUNCATE articles");
        assertThat(rig.targetsAfterAllDelivered())
                .contains(key("parted", "1"), key("parted", "11"), all("articles"));
        rig.inbox.forget();
    }

    private static void capturesCalls(CaptureRig rig) throws SQLException {
        rig.transaction(
                "SELECT freshet.invalidate_tag('lists', 'season:summer')",
                "SAVEPOINT before",
                "SELECT freshet.invalidate_key('lists', 'taken back')",
                "ROLLBACK TO before",
                "SELECT freshet.invalidate_keys('lists', ARRAY['a', 'b'], 'soft')");
        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        tag("lists", "season:summer"), key("lists", "a"), key("lists", "b"));
        rig.inbox.forget();
    }

    private static void foresees(CaptureRig rig) throws SQLException {
        Rules rules = RulesFile.parse("version: 1\nrules:\n" + RULES.indent(2));
        Set<Target> foreseen = new LinkedHashSet<>();
        try (Connection connection = rig.database.connect()) {
            new StatementTrial(connection, new Catalog(connection).tables(rules.tables()))
                    .run(
                            "UPDATE parted SET id = id + 10 WHERE id = 2",
                            change ->
                                    rules.matches(change)
                                            .forEach(match -> foreseen.add(match.target())));
        }
        assertThat(foreseen).containsExactly(key("parted", "2"), key("parted", "12"));
        assertThat(rig.text("SELECT string_agg(id::text, ',' ORDER BY id) FROM parted"))
                .isEqualTo("2,11");
    }
}
