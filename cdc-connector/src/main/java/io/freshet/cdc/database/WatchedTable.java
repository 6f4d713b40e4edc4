package io.freshet.cdc.database;

import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.SqlName;
import io.freshet.cdc.rule.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose row changes are noted by temporary triggers, and told as the log would tell them:
 * of old rows, the columns of the replica identity; a changed primary key as two halves.
 *
 * @param number of it, which the notes carry
 */
record WatchedTable(int number, TableName name, TableShape shape) {

    /** Where notes stand, in their order. */
    static final String NOTES =
            """
            CREATE TEMPORARY TABLE freshet_trial (
                n bigint GENERATED ALWAYS AS IDENTITY, watched int, operation text,
                old_texts text[], old_json text[], new_texts text[], new_json text[])
            """;

    static final String NOTED =
            """
            SELECT watched, operation, old_texts, old_json, new_texts, new_json
            FROM pg_temp.freshet_trial ORDER BY n
            """;

    /** The statements that make the triggers. They run with the rights of whoever makes them. */
    List<String> triggers() {
        return List.of(
                """
                CREATE FUNCTION pg_temp.freshet_trial_row_%1$d() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER SET timezone = 'UTC' SET datestyle = 'ISO'
                AS $trial$ BEGIN
                    INSERT INTO pg_temp.freshet_trial
                        (watched, operation, old_texts, old_json, new_texts, new_json)
                    VALUES (%1$d, TG_OP, %2$s, %3$s, %4$s, %5$s);
                    RETURN NULL;
                END $trial$
                """
                        .formatted(
                                number,
                                values("(OLD.%s)::text"),
                                values("to_json(OLD.%s)::text"),
                                values("(NEW.%s)::text"),
                                values("to_json(NEW.%s)::text")),
                """
                CREATE FUNCTION pg_temp.freshet_trial_all_%1$d() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER
                AS $trial$ BEGIN
                    INSERT INTO pg_temp.freshet_trial (watched, operation) VALUES (%1$d, TG_OP);
                    RETURN NULL;
                END $trial$
                """
                        .formatted(number),
                """
                CREATE TRIGGER freshet_trial_row AFTER INSERT OR UPDATE OR DELETE ON %2$s
                FOR EACH ROW EXECUTE FUNCTION pg_temp.freshet_trial_row_%1$d()
                """
                        .formatted(number, name.quoted()),
                """
                CREATE TRIGGER freshet_trial_all AFTER TRUNCATE ON %2$s
                FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.freshet_trial_all_%1$d()
                """
                        .formatted(number, name.quoted()));
    }

    /** The changes that a note speaks of. */
    List<RowChange> changes(ResultSet note) throws SQLException {
        Operation operation = Operation.valueOf(note.getString("operation"));
        return switch (operation) {
            case TRUNCATE -> List.of(new RowChange(name, operation, null, null));
            case INSERT -> List.of(new RowChange(name, operation, null, newRow(note)));
            case DELETE -> List.of(new RowChange(name, operation, oldRow(note), null));
            case UPDATE -> {
                RowImage before = oldRow(note);
                RowImage after = newRow(note);
                yield shape.primaryKey().stream()
                                .allMatch(key -> before.cell(key).equals(after.cell(key)))
                        ? List.of(new RowChange(name, operation, before, after))
                        : List.of(
                                new RowChange(name, operation, before, null),
                                new RowChange(name, operation, null, after));
            }
        };
    }

    private RowImage oldRow(ResultSet note) throws SQLException {
        return row(note, "old", shape.identity());
    }

    private RowImage newRow(ResultSet note) throws SQLException {
        return row(note, "new", shape.columns().keySet());
    }

    private RowImage row(ResultSet note, String which, Collection<String> told)
            throws SQLException {
        var row = new ToldRow(shape);
        var texts = (String[]) note.getArray(which + "_texts").getArray();
        var json = (String[]) note.getArray(which + "_json").getArray();
        List<String> columns = columns();
        for (int i = 0; i < texts.length; i++) {
            if (told.contains(columns.get(i))) {
                row.tell(columns.get(i), texts[i], json[i]);
            }
        }
        return row;
    }

    private List<String> columns() {
        return new ArrayList<>(shape.columns().keySet());
    }

    private String values(String value) {
        return columns().stream()
                .map(column -> value.formatted(SqlName.quoted(column)))
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }
}
