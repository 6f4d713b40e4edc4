package io.freshet.cdc.capture;

import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the engine's records of changes tell. Of an old row that is only the columns of the
 * table's replica identity: the others are unknown, not NULL.
 */
final class RowImages {

    private static final RowImage UNTOLD = _ -> Cell.UNKNOWN;

    private final Map<TableName, Set<String>> identities;
    private final CellReader cells;

    /**
     * @param identities the columns whose old values the log has, of each captured table
     */
    RowImages(Map<TableName, Set<String>> identities, CellReader cells) {
        this.identities = Map.copyOf(identities);
        this.cells = cells;
    }

    /** The row that a change made. */
    RowImage after(Struct change) {
        return image(change.getStruct("after"));
    }

    /**
     * The row that an update found. Without one in the record the identity's columns are those of
     * the new row. A table that logs whole old rows always has one: without it, it no longer does.
     */
    RowImage before(SourceRecord record, TableName table) {
        var change = (Struct) record.value();
        Struct before = change.getStruct("before");
        Set<String> identity = identityOf(table);
        if (before != null) {
            return new Logged(image(before), identity);
        }
        Struct after = change.getStruct("after");
        boolean hasMoreThanItsKey = !keysOf(record).containsAll(identity);
        return after == null || (isWhole(identity, after) && hasMoreThanItsKey)
                ? UNTOLD
                : new Logged(image(after), identity);
    }

    /**
     * The row that is no more. Of a table that logs whole old rows, one that has nothing but its
     * key: then it no longer logs them, and the rest is unknown, not NULL.
     */
    RowImage deleted(SourceRecord record, TableName table) {
        Struct before = ((Struct) record.value()).getStruct("before");
        Set<String> identity = identityOf(table);
        Set<String> keys = keysOf(record);
        if (before == null || keys.isEmpty() || !isWhole(identity, before)) {
            return before(record, table);
        }
        boolean onlyKey =
                before.schema().fields().stream()
                        .allMatch(f ->
                                keys.contains(f.name())
                                        || before.getWithoutDefault(f.name()) == null);
        return new Logged(image(before), onlyKey ? keys : identity);
    }

    private Set<String> identityOf(TableName table) {
        return identities.getOrDefault(table, Set.of());
    }

    /** Empty for a table without a key. */
    private static Set<String> keysOf(SourceRecord record) {
        return record.key() instanceof Struct key
                ? key.schema().fields().stream().map(Field::name).collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean isWhole(Set<String> identity, Struct row) {
        return row.schema().fields().stream().map(Field::name).allMatch(identity::contains);
    }

    private RowImage image(@Nullable Struct row) {
        return row == null ? UNTOLD : new Recorded(row, cells);
    }

    /** Of an old row, the columns that the log has. */
    private record Logged(RowImage told, Set<String> identity) implements RowImage {

        @Override
        public Cell cell(String column) {
            return identity.contains(column) ? told.cell(column) : Cell.UNKNOWN;
        }

        @Override
        public @Nullable String json(String column) {
            return identity.contains(column) ? told.json(column) : null;
        }
    }

    /** A whole row of a record. A NULL is NULL there, whatever the column's default. */
    private record Recorded(Struct row, CellReader cells) implements RowImage {

        /**
         * Of a table that logs whole old rows. The engine tells every column, also of types that it
         * does not know.
         */
        @Override
        public boolean isSurelyAs(RowImage older) {
            return older instanceof Logged(Recorded(Struct old, _), Set<String> identity)
                    && old.schema().equals(row.schema())
                    && isWhole(identity, row)
                    && row.schema().fields().stream().allMatch(field -> isAs(old, field));
        }

        private boolean isAs(Struct old, Field field) {
            Object value = row.getWithoutDefault(field.name());
            Object before = old.getWithoutDefault(field.name());
            return cells.isUnchanged(value)
                    || (Objects.equals(value, before) && CellReader.isWhole(field.schema(), value));
        }

        @Override
        public Cell cell(String column) {
            Field field = row.schema().field(column);
            return field == null
                    ? Cell.UNKNOWN
                    : cells.read(field.schema(), row.getWithoutDefault(column));
        }

        @Override
        public @Nullable String json(String column) {
            Field field = row.schema().field(column);
            return field == null
                    ? null
                    : CellJson.of(field.schema(), row.getWithoutDefault(column), cell(column));
        }
    }
}
