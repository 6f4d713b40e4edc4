package io.freshet.cdc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D3: rules are checked and tried before they are deployed. */
class RulesCommandTest {

    private static final String RULES =
            """
            version: 1
            rules:
              - name: rows
                table: public.articles
                namespace: articles
                keys: ["{id}"]
                tags: ["price:{price}"]
                when: "status = 'published'"
              - name: moods
                table: public.articles
                operations: [update]
                columns: [status]
                namespace: moods
                patterns: ["{status}:*"]
                strategy: refresh
            """;

    private static Database database;

    @TempDir private Path directory;

    @BeforeAll
    static void createTable() throws SQLException {
        database = SharedServers.freshDatabase("commands");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE articles (id int PRIMARY KEY, status text, price numeric(6,2))");
            statement.execute("ALTER TABLE articles REPLICA IDENTITY FULL");
        }
    }

    @Test
    void shouldSayWhatRulesAmountTo() throws IOException {
        Ran ran = run(RULES, "check");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .endsWith(
                        "  rule 'rows': INSERT, UPDATE, DELETE, TRUNCATE of public.articles, when"
                                + " status = 'published', in namespace articles, keys [{id}], tags"
                                + " [price:{price}], hard, strategy invalidate",
                        "  rule 'moods': UPDATE of public.articles, if it touches status, in"
                                + " namespace moods, patterns [{status}:*], hard, strategy"
                                + " refresh");
    }

    @Test
    void shouldSayWhatMustBeMended() throws IOException {
        Ran ran = run(RULES.replace("{price}", "{prize}").replace("'published'", "1"), "check");

        assertThat(ran.code()).isOne();
        assertThat(ran.lines())
                .containsExactly(
                        "rule 'rows': table public.articles has no column 'prize'; it has id,"
                                + " status, price",
                        "rule 'rows': 'when' has status = 1, but column 'status' of table"
                                + " public.articles, of type text, is compared with a 'text'");
    }

    @Test
    void shouldSayWhereTheFileIsWrong() throws IOException {
        Ran ran = run(RULES.replace("keys:", "key:"), "check");

        assertThat(ran.code()).isOne();
        assertThat(ran.lines()).singleElement().asString().contains("unknown field 'key'");
    }

    @Test
    void shouldShowWhatAChangeWouldInvalidate() throws IOException {
        Ran ran =
                run(
                        RULES,
                        "try",
                        "--table",
                        "public.articles",
                        "--old",
                        "{\"id\": 1, \"status\": \"draft\", \"price\": 2}",
                        "--new",
                        "{\"id\": 1, \"status\": \"published\", \"price\": 2.5}");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .containsExactly(
                        "rule 'rows': hard key '1' of namespace articles",
                        "rule 'rows': hard tag 'price:2.50' of namespace articles",
                        "rule 'moods': hard pattern 'draft:*' of namespace moods, loaded anew if it"
                                + " is hot",
                        "rule 'moods': hard pattern 'published:*' of namespace moods, loaded anew"
                                + " if it is hot");
    }

    @Test
    void shouldShowThatAChangeDoesNotMatter() throws IOException {
        Ran ran =
                run(
                        RULES,
                        "try",
                        "--table",
                        "public.articles",
                        "--new",
                        "{\"id\": 1, \"status\": \"draft\", \"price\": 2}");

        assertThat(ran.lines()).containsExactly("nothing: no rule says that this change matters");
    }

    @Test
    void shouldTakeWhatIsLeftOutForNotTold() throws IOException {
        Ran ran = run(RULES, "try", "--table", "public.articles", "--new", "{\"id\": 7}");

        assertThat(ran.lines())
                .containsExactly(
                        "rule 'rows': hard key '7' of namespace articles",
                        "rule 'rows': hard everything of namespace articles");
    }

    private Ran run(String rules, String command, String... options) throws IOException {
        return Ran.of(database, directory, rules, command, options);
    }
}
