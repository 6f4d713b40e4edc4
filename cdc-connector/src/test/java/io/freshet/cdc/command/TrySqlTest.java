package io.freshet.cdc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D3: what a statement would invalidate is seen before it is run for good. */
class TrySqlTest {

    private static final String RULES =
            """
            version: 1
            rules:
              - name: articles
                table: public.articles
                namespace: articles
                keys: ["{id}"]
                tags: ["at:{at}"]
                when: "status = 'published'"
              - name: notes
                table: public."All Notes"
                namespace: notes
                keys: ["{article}:{n}"]
              - name: prices
                table: public.prices
                operations: [insert, update, delete]
                namespace: prices
                keys: ["{article}"]
            """;

    private static Database database;

    @TempDir private Path directory;

    @BeforeAll
    static void createTables() throws SQLException {
        database = SharedServers.freshDatabase("trysql");
        execute(
                """
                CREATE TABLE articles (id int PRIMARY KEY, status text, at timestamptz);
                ALTER TABLE articles REPLICA IDENTITY FULL;
                CREATE TABLE "All Notes" (article int REFERENCES articles ON DELETE CASCADE,
                    n int, PRIMARY KEY (article, n)) PARTITION BY LIST (article);
                CREATE TABLE notes_1 PARTITION OF "All Notes" FOR VALUES IN (1);
                CREATE TABLE notes_rest PARTITION OF "All Notes" DEFAULT;
                CREATE TABLE prices (article int PRIMARY KEY, price numeric(6,2));
                CREATE FUNCTION priced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    UPDATE prices SET price = price + 1 WHERE article = NEW.id; RETURN NEW;
                END $$;
                CREATE TRIGGER priced AFTER UPDATE ON articles
                    FOR EACH ROW EXECUTE FUNCTION priced();
                INSERT INTO articles VALUES (1, 'published', '2026-01-01 12:00:00+02'),
                    (2, 'draft', NULL), (3, 'draft', NULL);
                INSERT INTO "All Notes" VALUES (1, 1), (1, 2), (2, 1);
                INSERT INTO prices VALUES (1, 10), (2, 20);
                """);
    }

    @Test
    void shouldShowWhatAStatementAndItsTriggersWouldInvalidateAndChangeNothing() throws Exception {
        String before = state();

        Ran ran = trySql("UPDATE articles SET status = 'archived' WHERE id < 3");

        assertThat(ran.lines())
                .containsExactlyInAnyOrder(
                        "UPDATE of public.articles: 2 changes",
                        "UPDATE of public.prices: 2 changes",
                        "rule 'articles': hard key '1' of namespace articles",
                        "rule 'articles': hard tag 'at:2026-01-01 10:00:00+00' of namespace"
                                + " articles",
                        "rule 'prices': hard key '1' of namespace prices",
                        "rule 'prices': hard key '2' of namespace prices",
                        "rolled back: nothing has changed");
        assertThat(ran.code()).isZero();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void shouldSeeCascadesIntoPartitions() throws Exception {
        String before = state();

        Ran ran = trySql("DELETE FROM articles WHERE id = 1");

        assertThat(ran.lines())
                .contains(
                        "DELETE of public.\"All Notes\": 2 changes",
                        "rule 'notes': hard key '1:1' of namespace notes",
                        "rule 'notes': hard key '1:2' of namespace notes");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void shouldTellAChangedKeyInHalvesAndATruncation() throws Exception {
        Ran moved =
                trySql(
                        "INSERT INTO articles VALUES (4, 'published');"
                                + " UPDATE articles SET id = 7 WHERE id = 4");
        Ran truncated = trySql("TRUNCATE \"All Notes\"");

        assertThat(moved.lines())
                .startsWith(
                        "INSERT of public.articles: 1 change",
                        "UPDATE of public.articles: 2 changes")
                .contains(
                        "rule 'articles': hard key '4' of namespace articles",
                        "rule 'articles': hard key '7' of namespace articles");
        assertThat(truncated.lines())
                .startsWith("TRUNCATE of public.\"All Notes\": 1 change")
                .contains("rule 'notes': hard everything of namespace notes");
    }

    @Test
    void shouldCountWhatItDoesNotShow() throws Exception {
        Ran ran =
                trySql(
                        """
                        INSERT INTO articles SELECT i, 'published' FROM generate_series(101, 200) i;
                        INSERT INTO prices VALUES (101, 1)
                        """);

        assertThat(ran.lines())
                .containsSequence(
                        Stream.of(
                                        Stream.of(
                                                "INSERT of public.articles: 100 changes",
                                                "INSERT of public.prices: 1 change"),
                                        IntStream.range(101, 121)
                                                .mapToObj(
                                                        "rule 'articles': hard key '%d' of namespace articles"
                                                                ::formatted),
                                        Stream.of("rule 'articles': and 80 more"))
                                .flatMap(lines -> lines)
                                .toArray(String[]::new));
    }

    @Test
    void shouldNotLetAStatementEndItsTransactionOrFailUnseen() throws Exception {
        String before = state();

        Ran committed = trySql("DELETE FROM prices; COMMIT");
        Ran refused = trySql("INSERT INTO prices VALUES (1, 1)");
        Ran nothing = trySql("SELECT 1");

        assertThat(committed.lines())
                .first()
                .asString()
                .startsWith("the statement fails: ERROR: EXECUTE of transaction commands");
        assertThat(refused.lines())
                .first()
                .asString()
                .startsWith("the statement fails: ERROR: duplicate key value");
        assertThat(committed.code()).isOne();
        assertThat(nothing.lines())
                .containsExactly(
                        "no row of a table that a rule names would change",
                        "rolled back: nothing has changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void shouldTakeEitherARowOrAStatement() throws Exception {
        Ran neither = Ran.of(database, directory, RULES, "try");
        Ran both =
                Ran.of(
                        database,
                        directory,
                        RULES,
                        "try",
                        "--sql",
                        "SELECT 1",
                        "--table",
                        "public.prices");

        assertThat(neither.code()).isEqualTo(2);
        assertThat(both.code()).isEqualTo(2);
    }

    private Ran trySql(String sql) throws IOException {
        return Ran.of(database, directory, RULES, "try", "--sql", sql);
    }

    /** All rows, and the triggers of all tables. */
    private static String state() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT (SELECT string_agg(a::text, ' ' ORDER BY a) FROM articles a)
                                    || (SELECT string_agg(n::text, ' ' ORDER BY n) FROM "All Notes" n)
                                    || (SELECT string_agg(p::text, ' ' ORDER BY p) FROM prices p)
                                    || (SELECT count(*) FROM pg_trigger)
                                """)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
