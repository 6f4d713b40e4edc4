package io.freshet.cdc.capture;

import io.freshet.cdc.capture.RandomTable.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Transactions of a few statements on random tables, with savepoints, some of them rolled back. */
final class RandomTransactions {

    private static final List<String> TEXTS =
            List.of("a", "B c", "d:e", "{k0}", "it''s", "ü-ß", "*", "100%");

    private final List<RandomTable> tables;
    private final Random random;

    RandomTransactions(List<RandomTable> tables, Random random) {
        this.tables = tables;
        this.random = random;
    }

    /** Makes the next one. */
    void next(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i <= random.nextInt(4); i++) {
                step(connection, statement);
            }
        }
        if (random.nextInt(6) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    /** One statement, between savepoints, since it may fail or be taken back. */
    private void step(Connection connection, Statement statement) throws SQLException {
        RandomTable table = tables.get(random.nextInt(tables.size()));
        Savepoint before = connection.setSavepoint();
        try {
            statement.execute(sql(table));
            if (random.nextInt(6) == 0) {
                connection.rollback(before);
            }
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
                throw e;
            }
            connection.rollback(before);
        }
    }

    private String sql(RandomTable table) {
        int dice = random.nextInt(100);
        if (dice < 35) {
            return insert(table);
        } else if (dice < 75) {
            return "UPDATE public.%s SET %s WHERE %s"
                    .formatted(table.name(), assignment(table.columns()), some(table));
        } else if (dice < 85) {
            return "UPDATE public.%s SET %s WHERE %s"
                    .formatted(table.name(), assignment(table.keys()), some(table));
        } else if (dice < 98) {
            return "DELETE FROM public.%s WHERE %s".formatted(table.name(), some(table));
        }
        return "TRUNCATE public." + table.name();
    }

    private String insert(RandomTable table) {
        List<Column> all = Stream.concat(table.keys().stream(), table.columns().stream()).toList();
        return "INSERT INTO public.%s (%s) VALUES (%s)"
                .formatted(
                        table.name(),
                        all.stream().map(Column::name).collect(Collectors.joining(", ")),
                        all.stream()
                                .map(column -> value(column, !table.keys().contains(column)))
                                .collect(Collectors.joining(", ")));
    }

    private String assignment(List<Column> columns) {
        Column column = columns.get(random.nextInt(columns.size()));
        return column.name() + " = " + value(column, !column.name().startsWith("k"));
    }

    /** A few rows, or one. */
    private String some(RandomTable table) {
        Column column =
                random.nextInt(4) == 0
                        ? table.columns().getFirst()
                        : table.keys().get(random.nextInt(table.keys().size()));
        return column.name() + " = " + value(column, false);
    }

    private String value(Column column, boolean nullable) {
        if (nullable && random.nextInt(5) == 0) {
            return "NULL";
        }
        int small = random.nextInt(12);
        return switch (column.type()) {
            case "text" -> "'" + TEXTS.get(random.nextInt(TEXTS.size())) + "'";
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "timestamptz" -> "'2026-01-%02d 12:30:00.5+02'".formatted(1 + small);
            case "uuid" -> "'00000000-0000-0000-0000-0000000000%02d'".formatted(small);
            case "numeric(8,2)" -> small + "." + random.nextInt(100);
            default -> Integer.toString(small);
        };
    }
}
