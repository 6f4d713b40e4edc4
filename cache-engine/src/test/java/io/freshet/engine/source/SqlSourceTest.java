package io.freshet.engine.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlSourceTest {

    private static final String BY_ID =
            "SELECT id, name, country, region, population, area FROM cities"
                    + " WHERE id = CAST(:key AS bigint)";

    private static Database database;
    private static SqlDatabases databases;
    private static Sources sources;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = SharedServers.freshDatabase("source");
        execute(
                """
                CREATE TABLE cities (id bigint, name text, country text, region text,
                                     population numeric, area jsonb);
                INSERT INTO cities VALUES
                    (2988507, 'Paris ✓', 'FR', '11', 2138551, '{"km2": 105}'),
                    (9007199254740993, 'Large', 'XX', NULL, 12345678901234567890.50, NULL),
                    (7, 'Twin', 'TT', NULL, 1, NULL), (7, 'Twin', 'TT', NULL, 2, NULL);
                """);
        databases =
                new SqlDatabases(
                        Map.of(
                                "primary",
                                new SqlDatabaseOptions(
                                        database.jdbcUrl(),
                                        database.user(),
                                        database.password(),
                                        2),
                                "away",
                                new SqlDatabaseOptions(
                                        "jdbc:postgresql://127.0.0.1:9/x", "u", "p")));
        sources = new Sources(databases);
    }

    @AfterAll
    static void closeDatabases() {
        databases.close();
    }

    @Test
    void shouldPassTheServersJsonThrough() throws Exception {
        // when
        var loaded = load(source(BY_ID), "2988507");

        // then
        assertThat(json(loaded))
                .isEqualTo(
                        "{\"id\":2988507,\"name\":\"Paris ✓\",\"country\":\"FR\",\"region\":\"11\","
                                + "\"population\":2138551,\"area\":{\"km2\": 105}}");
    }

    @Test
    void shouldTakeTagsFromTheRow() throws Exception {
        // when
        var loaded =
                load(
                        source(BY_ID, "country:{country}", "region:{country}.{region}", "all"),
                        "2988507");

        // then
        assertThat(((Loaded.Value) loaded).tags())
                .containsExactlyInAnyOrder(
                        new Tag("country:FR"), new Tag("region:FR.11"), new Tag("all"));
    }

    @Test
    void shouldLeaveOutTagsOfNullAndWriteNumbersAsTheServerDoes() throws Exception {
        // when
        var loaded =
                load(
                        source(BY_ID, "region:{region}", "id:{id}", "n:{population}"),
                        "9007199254740993");

        // then
        assertThat(((Loaded.Value) loaded).tags())
                .containsExactlyInAnyOrder(
                        new Tag("id:9007199254740993"), new Tag("n:12345678901234567890.50"));
    }

    @Test
    void shouldAnswerAlikeOnceTheServerKeepsTheStatement() throws Exception {
        // given
        Source source = source(BY_ID, "country:{country}");
        String first = json(load(source, "2988507"));

        for (int i = 0; i < 30; i++) {
            // when
            var loaded = load(source, "2988507");

            // then
            assertThat(json(loaded)).isEqualTo(first);
            assertThat(((Loaded.Value) loaded).tags()).containsExactly(new Tag("country:FR"));
        }
    }

    @Test
    void shouldBeAbsentWithoutARow() throws Exception {
        assertThat(load(source(BY_ID), "1")).isEqualTo(new Loaded.Absent());
    }

    @Test
    void shouldBindTheKeyInEveryPlaceWithTheTypeOfThatPlace() throws Exception {
        // when
        var loaded =
                load(
                        source("SELECT :key AS k, ':key' AS t FROM cities WHERE id = :key"),
                        "2988507");

        // then
        assertThat(json(loaded)).isEqualTo("{\"k\":\"2988507\",\"t\":\":key\"}");
    }

    @Test
    void shouldNotTakeTheKeyForSql() throws Exception {
        assertThat(load(source("SELECT 1 FROM cities WHERE name = :key"), "' OR true --"))
                .isEqualTo(new Loaded.Absent());
    }

    @Test
    void shouldRejectAKeyOfTheWrongType() {
        assertThatFails(source(BY_ID), "berlin")
                .hasMessageContaining("invalid input syntax for type bigint")
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.REJECTED);
    }

    @Test
    void shouldRejectAKeyWithTwoRows() {
        assertThatFails(source(BY_ID), "7").hasMessageContaining("more than one row");
    }

    @Test
    void shouldFailWhenATagsColumnIsNotASingleValue() {
        assertThatFails(source(BY_ID, "area:{area}"), "2988507")
                .hasMessageContaining("'area' is not a single value");
    }

    @Test
    void shouldTimeOut() {
        assertThatFails(source("SELECT pg_sleep(30) WHERE :key <> ''", Duration.ofMillis(200)), "k")
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.TIMEOUT);
    }

    @Test
    void shouldEndTheQueryOnTheServerAtTheTimeout() throws Exception {
        // given
        var slow = source("SELECT pg_sleep(30) WHERE :key <> ''", Duration.ofMillis(200));
        var both = IntStream.range(0, 2).mapToObj(_ -> slow.load(key("k"))).toList();
        both.forEach(stage -> assertThat(stage).failsWithin(Duration.ofSeconds(20)));

        // when
        var loaded = load(source(BY_ID), "2988507");

        // then
        assertThat(loaded).isInstanceOf(Loaded.Value.class);
    }

    @Test
    void shouldWaitForATurnWhenMoreIsAskedThanThereAreConnections() {
        // given
        var napping = source("SELECT pg_sleep(0.05)::text AS s WHERE :key <> ''");

        // when
        var all =
                IntStream.range(0, 20)
                        .mapToObj(_ -> napping.load(key("k")).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);

        // then
        assertThat(CompletableFuture.allOf(all)).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void shouldOnlyRead() throws SQLException {
        // given
        execute(
                """
                CREATE FUNCTION sneak(k text) RETURNS text LANGUAGE sql AS
                    'DELETE FROM cities RETURNING k';
                """);

        // when
        var failure = assertThatFails(source("SELECT sneak(:key) AS s"), "x");

        // then
        failure.hasMessageContaining("read-only transaction");
    }

    @Test
    void shouldSayThatADatabaseIsAway() {
        assertThatFails(
                        sourceOf(
                                new SqlSourceConfig(
                                        "away", "SELECT :key", Duration.ofSeconds(5), List.of())),
                        "k")
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.UNAVAILABLE);
    }

    @Test
    void shouldSayThatADatabaseIsNotConfigured() {
        assertThatFails(
                        sourceOf(
                                new SqlSourceConfig(
                                        "other", "SELECT :key", Duration.ofSeconds(5), List.of())),
                        "k")
                .hasMessage(
                        "source.database 'other' is not configured; configured are [away, primary]");
    }

    @Test
    void shouldBuildASourceAnewWhenItsConfigChanges() {
        // given
        var name = new Namespace("changing");
        Source before = sources.of(namespace(name, config(BY_ID))).orElseThrow();

        // when
        Source same = sources.of(namespace(name, config(BY_ID))).orElseThrow();
        Source other = sources.of(namespace(name, config("SELECT :key AS k"))).orElseThrow();

        // then
        assertThat(same).isSameAs(before);
        assertThat(other).isNotSameAs(before);
        assertThat(sources.of(namespace(name, null))).isEmpty();
    }

    @Test
    void shouldFindNothingWrongWithAGoodSource() {
        sources.validate(namespace(new Namespace("cities"), config(BY_ID, "country:{country}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT id FROM cities WHERE name = :key::bigint | operator does not exist: text = bigint: cast the key
                    SELECT id FROM towns WHERE id = :key            | relation "towns" does not exist: name the table with its schema
                    SELECT idd FROM cities WHERE id = :key          | column "idd" does not exist: check the names
                    SELEC :key                                      | syntax error
                    SELECT id, id FROM cities WHERE id = :key       | source.sql selects two columns named 'id'
                    SELECT name FROM cities WHERE id = :key         | source.tags use {country}, which source.sql does not select; it selects [name]
                    SELECT ':key'                                   | source.sql must use the parameter :key
                    """)
    void shouldSayWhatIsWrongWithASource(String sql, String message) {
        var cities = namespace(new Namespace("cities"), config(sql, "country:{country}"));

        assertThatThrownBy(() -> sources.validate(cities))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNotJudgeASourceWhoseDatabaseIsAway() {
        var config = new SqlSourceConfig("away", "SELECT :key", Duration.ofSeconds(5), List.of());

        assertThatThrownBy(() -> sources.validate(namespace(new Namespace("cities"), config)))
                .isInstanceOf(SourceException.class);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable>
            assertThatFails(Source source, String key) {
        var failure = catchThrowable(() -> load(source, key));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return assertThat(failure.getCause()).isInstanceOf(SourceException.class);
    }

    private static Source source(String sql, String... tags) {
        return sourceOf(config(sql, tags));
    }

    private static Source source(String sql, Duration timeout) {
        return sourceOf(new SqlSourceConfig("primary", sql, timeout, List.of()));
    }

    private static Source sourceOf(SourceConfig config) {
        return new Sources(databases).of(namespace(new Namespace("cities"), config)).orElseThrow();
    }

    private static SourceConfig config(String sql, String... tags) {
        return new SqlSourceConfig("primary", sql, Duration.ofSeconds(15), List.of(tags));
    }

    private static NamespaceConfig namespace(Namespace name, @Nullable SourceConfig source) {
        return NamespaceConfig.builder(name).source(source).build();
    }

    private static Loaded load(Source source, String key) throws Exception {
        return source.load(key(key)).toCompletableFuture().get(30, SECONDS);
    }

    private static EntryKey key(String key) {
        return new EntryKey(key);
    }

    private static String json(Loaded loaded) {
        return new String(((Loaded.Value) loaded).bytes(), UTF_8);
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
