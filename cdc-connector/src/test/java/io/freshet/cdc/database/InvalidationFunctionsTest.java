package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions as PostgreSQL runs them, without capture. */
class InvalidationFunctionsTest {

    private static final String[] ALPHABET = {
        "a", "Z", "7", "*", "?", "[", "]", "\\", "^", "-", ".", "_", ":", " ", "{", "$", "\n",
        "\u0001", "\u007f", "\u0085", "\u00a0", "é", "€", "😀", "\u200b"
    };

    private static Database database;
    private static Connection connection;

    @BeforeAll
    static void install() throws SQLException {
        database = SharedServers.freshDatabase("functions");
        connection = database.connect();
        new InvalidationFunctions(connection).install();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    invalidate_key('', 'k')                     | illegal namespace ''
                    invalidate_key(NULL, 'k')                   | illegal namespace NULL
                    invalidate_tag('a b', 't')                  | illegal namespace 'a b'
                    invalidate_namespace('-a')                  | illegal namespace '-a'
                    invalidate_key('n', '')                     | a key must not be empty
                    invalidate_key('n', NULL)                   | a key must not be NULL
                    invalidate_key('n', repeat('é', 257))       | a key must be at most 512 bytes of UTF-8, this one has 514
                    invalidate_keys('n', NULL)                  | keys must not be NULL
                    invalidate_keys('n', ARRAY['a', ''])        | a key must not be empty
                    invalidate_tags('n', NULL)                  | tags must not be NULL
                    invalidate_tags('n', ARRAY['a', NULL])      | a tag must not be NULL
                    invalidate_tag('n', repeat('t', 257))       | a tag must be at most 256 bytes of UTF-8, this one has 257
                    invalidate_tag('n', E'a\\nb')               | a tag must not contain control characters
                    invalidate_pattern('n', 'a[b')              | a pattern must not have a '[' without its ']' or end with a single '\\'
                    invalidate_key('n', 'k', 'medium')          | illegal mode 'medium'
                    invalidate_namespace('n', NULL)             | illegal mode NULL
                    """)
    void shouldRefuseWithAClearMessage(String call, String message) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT freshet." + call))
                    .withMessageContaining(message)
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22023"));
        }
    }

    /** What SQL lets through capture can read, and what capture could read SQL lets through. */
    @Test
    void shouldJudgeNamesAsTheRestOfFreshetDoes() throws SQLException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 800; i++) {
            String text = text(random);
            assertSame(seed, text, "invalidate_namespace(?)", Namespace::new);
            assertSame(seed, text, "invalidate_key('n', ?)", EntryKey::new);
            assertSame(seed, text, "invalidate_tag('n', ?)", Tag::new);
            assertSame(seed, text, "invalidate_pattern('n', ?)", KeyPattern::new);
        }
    }

    @Test
    void shouldRememberTheNamespacesOfTransactionsThatCommitted() throws SQLException {
        Database own = SharedServers.freshDatabase("functions");
        try (Connection caller = own.connect();
                Statement statement = caller.createStatement()) {
            var functions = new InvalidationFunctions(caller);
            assertThat(functions.calledWith()).isEmpty();
            functions.install();
            statement.execute("SELECT freshet.invalidate_namespace('a')");
            statement.execute("SELECT freshet.invalidate_namespace('a')");
            caller.setAutoCommit(false);
            statement.execute("SELECT freshet.invalidate_namespace('b')");
            caller.rollback();
            caller.setAutoCommit(true);

            assertThat(functions.calledWith()).containsExactly(new Namespace("a"));
        }
    }

    @Test
    void shouldNotMakeCallersOfANewNamespaceWaitForEachOther() throws SQLException {
        try (Connection first = database.connect();
                Connection second = database.connect();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            first.setAutoCommit(false);
            two.execute("SET statement_timeout = '10s'");
            one.execute("SELECT freshet.invalidate_namespace('fresh')");

            two.execute("SELECT freshet.invalidate_namespace('fresh')");

            first.commit();
            assertThat(new InvalidationFunctions(connection).calledWith())
                    .contains(new Namespace("fresh"));
        }
    }

    @Test
    void shouldLeaveOutWhatItMayNotInstall() throws SQLException {
        Database own = SharedServers.freshDatabase("functions");
        String role = role();
        try (Connection weak = connectAs(own, role)) {
            var functions = new InvalidationFunctions(weak);

            functions.install();

            assertThat(weak.getAutoCommit()).isTrue();
            assertThat(functions.calledWith()).isEmpty();
        }
    }

    @Test
    void shouldTakeWhatSomebodyElseInstalledOnceItMayReadIt() throws SQLException {
        String role = role();
        try (Connection weak = connectAs(database, role);
                Statement statement = connection.createStatement()) {
            var functions = new InvalidationFunctions(weak);
            functions.install();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(functions::calledWith)
                    .withMessageContaining("GRANT USAGE ON SCHEMA freshet");

            statement.execute("GRANT USAGE ON SCHEMA freshet TO " + role);
            statement.execute("GRANT SELECT ON freshet.invalidated_namespaces TO " + role);

            assertThat(functions.calledWith()).isNotNull();
        }
    }

    @Test
    void shouldKeepGrantsWhenAnotherVersionIsInstalled() throws SQLException {
        String role = role();
        try (Statement statement = connection.createStatement()) {
            statement.execute("GRANT USAGE ON SCHEMA freshet TO " + role);
            statement.execute("GRANT EXECUTE ON FUNCTION freshet.invalidate_key TO " + role);
            statement.execute(
                    "COMMENT ON FUNCTION freshet.emit_invalidation IS 'something, version 0'");
            new InvalidationFunctions(connection).install();
        }

        try (Connection granted = connectAs(database, role);
                Statement statement = granted.createStatement()) {
            assertThat(statement.execute("SELECT freshet.invalidate_key('n', 'k')")).isTrue();
        }
    }

    @Test
    void shouldCarryItsVersionInTheScript() {
        assertThat(InvalidationFunctions.script())
                .contains("version " + InvalidationFunctions.VERSION + "'");
    }

    private static void assertSame(
            long seed, String text, String call, Consumer<String> constructor) throws SQLException {
        String refusal = refusalOf(call, text);
        boolean legal;
        try {
            constructor.accept(text);
            legal = true;
        } catch (IllegalIdentifierException _) {
            legal = false;
        }
        assertThat(refusal == null)
                .as("seed %d: %s of '%s': %s", seed, call, text, refusal)
                .isEqualTo(legal);
    }

    private static @Nullable String refusalOf(String call, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT freshet." + call)) {
            statement.setString(1, text);
            statement.execute();
            return null;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("22023");
            return e.getMessage();
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return random.nextInt(20) == 0 ? text.toString().repeat(100) : text.toString();
    }

    private static String role() throws SQLException {
        String role = SharedServers.freshName("weak");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'p'");
        }
        return role;
    }

    private static Connection connectAs(Database to, String role) throws SQLException {
        return new Database(to.jdbcUrl(), role, "p", to.name()).connect();
    }
}
