package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.rule.TableName;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** D3: random conditions on random rows, against what PostgreSQL says of the same. */
class RandomConditionsTest {

    private static final TableName TABLE = new TableName("public", "rows");
    private static final int ROWS = 16;
    private static final int CONDITIONS = 80;

    private static final Map<String, List<String>> VALUES =
            Map.of(
                    "b", List.of("true", "false"),
                    "n", List.of("0", "1.5", "1.50", "-3", "100", "NaN", "Infinity"),
                    "t", List.of("a", "A", "b", "1.0", "1.00", "", "it's"),
                    "c", List.of("a", "ab", "", "b"),
                    "m", List.of("sad", "happy"),
                    "d", List.of("2026-03-01", "2025-12-31", "infinity", "0044-03-15 BC"),
                    "z",
                            List.of(
                                    "2026-03-01 12:00:00+00",
                                    "2026-03-01 12:00:00.5+00",
                                    "2026-03-01 11:59:59+00",
                                    "12026-03-01 00:00:00+00"));

    private static final List<String> COLUMNS = VALUES.keySet().stream().sorted().toList();

    @Test
    void shouldHoldWhereverTheDatabaseSaysSoOrDoesNotKnow() throws SQLException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Database database = SharedServers.freshDatabase("conditions");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
            statement.execute(
                    """
                    CREATE TABLE rows (
                        id int PRIMARY KEY, b boolean, n numeric, t text, c char(2), m mood,
                        d date, z timestamptz)
                    """);
            statement.execute("ALTER TABLE rows REPLICA IDENTITY FULL");
            for (int id = 0; id < ROWS; id++) {
                statement.execute(insert(id, random));
            }
            List<Map<String, Cell>> rows = rows(statement);
            int needless = 0;
            int right = 0;
            for (int i = 0; i < CONDITIONS; i++) {
                String when = condition(random, 2);
                Rules rules = checkedRules(connection, when);
                boolean[] said = said(statement, when);
                for (int before = 0; before < ROWS; before++) {
                    for (int after = 0; after < ROWS; after++) {
                        boolean holds = holds(rules, rows.get(before), rows.get(after));
                        boolean should = said[before * ROWS + after];
                        if (should && !holds) {
                            fail(
                                    "seed %d: %s must hold of %s -> %s",
                                    seed, when, rows.get(before), rows.get(after));
                        }
                        needless += holds && !should ? 1 : 0;
                        right += holds || should ? 0 : 1;
                    }
                }
            }
            assertThat(needless).as("seed %d", seed).isLessThan(right / 4);
        }
    }

    private static boolean holds(Rules rules, Map<String, Cell> before, Map<String, Cell> after) {
        RowImage old = column -> before.getOrDefault(column, Cell.UNKNOWN);
        RowImage now = column -> after.getOrDefault(column, Cell.UNKNOWN);
        return !rules.matches(new RowChange(TABLE, Operation.UPDATE, old, now)).isEmpty();
    }

    /** True where the condition is true or NULL. */
    private static boolean[] said(Statement statement, String when) throws SQLException {
        var said = new boolean[ROWS * ROWS];
        try (ResultSet answers =
                statement.executeQuery(
                        "SELECT (%s) IS NOT FALSE FROM rows old, rows new ORDER BY old.id, new.id"
                                .formatted(when))) {
            for (int i = 0; answers.next(); i++) {
                said[i] = answers.getBoolean(1);
            }
        }
        return said;
    }

    private static Rules checkedRules(Connection connection, String when) throws SQLException {
        Rules rules =
                RulesFile.parse(
                        """
                        version: 1
                        rules:
                          - name: r
                            table: public.rows
                            namespace: n
                            keys: ["{id}"]
                            when: "%s"
                        """
                                .formatted(when));
        TableShape shape = new Catalog(connection).table(TABLE);
        assertThat(shape).isNotNull();
        assertThat(SchemaCheck.problems(rules, Map.of(TABLE, shape))).isEmpty();
        return rules;
    }

    private static List<Map<String, Cell>> rows(Statement statement) throws SQLException {
        var texts = new StringJoiner(", ", "SELECT ", " FROM rows ORDER BY rows.id");
        texts.add("id::text");
        COLUMNS.forEach(column -> texts.add(column + "::text"));
        var rows = new ArrayList<Map<String, Cell>>();
        try (ResultSet row = statement.executeQuery(texts.toString())) {
            while (row.next()) {
                var cells = new HashMap<String, Cell>();
                cells.put("id", new Cell.Text(row.getString(1)));
                for (int i = 0; i < COLUMNS.size(); i++) {
                    String text = row.getString(i + 2);
                    cells.put(COLUMNS.get(i), text == null ? Cell.NULL : new Cell.Text(text));
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static String insert(int id, Random random) {
        var values = new StringJoiner(", ");
        for (String column : COLUMNS) {
            values.add(
                    random.nextInt(6) == 0
                            ? "NULL"
                            : literal(pick(random, VALUES.getOrDefault(column, List.of()))));
        }
        return "INSERT INTO rows (id, %s) VALUES (%d, %s)"
                .formatted(String.join(", ", COLUMNS), id, values);
    }

    private static String condition(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf(random);
        }
        return switch (random.nextInt(3)) {
            case 0 -> "not (" + condition(random, depth - 1) + ")";
            case 1 -> condition(random, depth - 1) + " and " + condition(random, depth - 1);
            default ->
                    "("
                            + condition(random, depth - 1)
                            + " or "
                            + condition(random, depth - 1)
                            + ")";
        };
    }

    private static String leaf(Random random) {
        String column = pick(random, COLUMNS);
        String named = pick(random, List.of("old.", "new.")) + column;
        boolean ordered = List.of("n", "d", "z").contains(column);
        String comparison =
                pick(
                        random,
                        ordered ? List.of("=", "<>", "<", "<=", ">", ">=") : List.of("=", "<>"));
        return switch (random.nextInt(4)) {
            case 0 -> named + pick(random, List.of(" is null", " is not null"));
            case 1 -> "old." + column + " " + comparison + " new." + column;
            case 2 ->
                    named
                            + pick(random, List.of(" in (", " not in ("))
                            + value(random, column)
                            + ", "
                            + value(random, column)
                            + ")";
            default -> named + " " + comparison + " " + value(random, column);
        };
    }

    /** One of those that may stand in a condition. */
    private static String value(Random random, String column) {
        List<String> legal =
                VALUES.getOrDefault(column, List.of()).stream()
                        .filter(text -> !text.matches("NaN|Infinity|infinity|.*BC|\\d{5}.*"))
                        .toList();
        String text = pick(random, legal);
        return column.equals("n") || column.equals("b") ? text : literal(text);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
