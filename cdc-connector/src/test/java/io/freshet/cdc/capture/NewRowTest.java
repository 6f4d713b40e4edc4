package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.id.Tag;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D3, {@code write}: the row that an invalidation brings is what the source would answer. */
class NewRowTest {

    private static final String COLUMNS =
            IntStream.range(0, ColumnTypesTest.TYPES.size())
                    .mapToObj(i -> "c" + i)
                    .collect(Collectors.joining(", "));

    private static CaptureRig rig;

    @BeforeAll
    static void startCapture() throws SQLException {
        rig = new CaptureRig();
        String typed =
                IntStream.range(0, ColumnTypesTest.TYPES.size())
                        .mapToObj(i -> "c%d %s".formatted(i, ColumnTypesTest.TYPES.get(i)))
                        .collect(Collectors.joining(", "));
        rig.sql(
                "CREATE TYPE mood AS ENUM ('happy', 'so so')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)",
                "CREATE TABLE typed (id serial PRIMARY KEY, j json, b jsonb, %s)".formatted(typed),
                "CREATE TABLE city (id int PRIMARY KEY, name text, country text, note text)",
                "ALTER TABLE city ALTER note SET STORAGE EXTERNAL");
        rig.startAndForgetBarriers(
                """
                - {name: typed, table: public.typed, namespace: typed, keys: ['{id}'],
                   strategy: write, columns: [id, j, b, %s]}
                - {name: city, table: public.city, namespace: cities, keys: ['{id}'],
                   strategy: write, columns: [name, id], tags: ['country:{country}']}
                - {name: note, table: public.city, namespace: notes, keys: ['{id}'],
                   strategy: write, columns: [note]}
                """
                        .formatted(COLUMNS));
    }

    @BeforeEach
    void forget() throws SQLException {
        rig.sql("TRUNCATE city");
        rig.awaitAllDelivered();
        rig.inbox.forget();
    }

    @AfterAll
    static void stopCapture() throws SQLException {
        rig.close();
    }

    @Test
    void shouldWriteEveryTypeAsRowToJsonDoes() throws SQLException {
        for (List<String> values : ColumnTypesTest.ROWS) {
            // when
            rig.sql(
                    "INSERT INTO typed VALUES (DEFAULT, '{ \"a\": [1,\"\\u00e9\"]}',"
                            + " '{\"b\":1.50, \"a\":null}', "
                            + String.join(", ", values)
                            + ")");
            // then
            assertThat(jsonOf("typed")).last().isEqualTo(rowToJson("id, j, b, " + COLUMNS));
        }
    }

    @Test
    void shouldEscapeTextAsPostgresDoes() throws SQLException {
        // when
        rig.sql("INSERT INTO city VALUES (1, E'\"\\\\/\\b\\f\\n\\r\\t\\x01\\x7f é漢😀 <', NULL)");
        // then
        assertThat(jsonOf("cities"))
                .containsExactly(
                        rig.text("SELECT row_to_json(q) FROM (SELECT name, id FROM city) q"));
    }

    @Test
    void shouldBringTheLastRowOfATransactionWithItsTags() throws SQLException {
        // when
        rig.sql(
                "BEGIN; INSERT INTO city VALUES (1, 'a', 'NL'), (2, 'b', NULL);"
                        + " UPDATE city SET name = 'c', country = 'BE' WHERE id = 1; COMMIT");
        // then
        assertThat(rows("cities"))
                .containsExactlyInAnyOrder(
                        new NewRow("{\"name\":\"c\",\"id\":1}", Set.of(new Tag("country:BE"))),
                        new NewRow("{\"name\":\"b\",\"id\":2}", Set.of()));
    }

    @Test
    void shouldOnlyInvalidateWhatIsDeletedOrHasAnotherKey() throws SQLException {
        // given
        rig.sql("INSERT INTO city VALUES (1, 'a'), (2, 'b')");
        rig.awaitAllDelivered();
        rig.inbox.forget();
        // when
        rig.sql("UPDATE city SET id = 3 WHERE id = 1", "DELETE FROM city WHERE id = 2");
        // then
        assertThat(jsonOf("cities")).containsExactly("{\"name\":\"a\",\"id\":3}");
        assertThat(rig.inbox.targets())
                .contains(CaptureRig.key("cities", "1"), CaptureRig.key("cities", "2"));
    }

    @Test
    void shouldOnlyInvalidateWithoutALargeValueThatWasLeftAlone() throws SQLException {
        // given
        rig.sql("INSERT INTO city (id, note) VALUES (1, repeat('x', 9000))");
        rig.awaitAllDelivered();
        rig.inbox.forget();
        // when
        rig.sql("UPDATE city SET name = 'a'");
        // then
        assertThat(rows("notes")).isEmpty();
        assertThat(rig.inbox.targets()).contains(CaptureRig.key("notes", "1"));
    }

    @Test
    void shouldOnlyInvalidateWhatIsTooLarge() throws SQLException {
        // when
        rig.sql("INSERT INTO city (id, note) VALUES (1, repeat('x', 30000))");
        // then
        assertThat(rows("notes")).isEmpty();
        assertThat(rig.inbox.targets()).contains(CaptureRig.key("notes", "1"));
    }

    @Test
    void shouldOnlyInvalidateInALargeTransaction() throws SQLException {
        // when
        rig.sql("INSERT INTO city (id) SELECT generate_series(1, 5000)");
        // then
        assertThat(rows("cities")).hasSizeLessThan(2_000);
        assertThat(rig.inbox.targets()).hasSize(10_000);
    }

    private static List<NewRow> rows(String namespace) throws SQLException {
        rig.awaitAllDelivered();
        return rig.inbox.invalidations().stream()
                .filter(event -> event.target().namespace().value().equals(namespace))
                .map(Event.Invalidation::row)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> jsonOf(String namespace) throws SQLException {
        return rows(namespace).stream().map(NewRow::json).toList();
    }

    private static String rowToJson(String columns) throws SQLException {
        return rig.text(
                "SELECT row_to_json(q) FROM (SELECT %s FROM typed ORDER BY id DESC LIMIT 1) q"
                        .formatted(columns));
    }
}
