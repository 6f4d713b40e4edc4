package io.freshet.cdc.capture;

import io.freshet.cdc.database.Heartbeat;
import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the engine's records.
 *
 * <p>A changed primary key comes as a deletion and a creation that refer to each other in their
 * headers; each becomes an update with one image. An update or deletion tells old values only of
 * the columns of the table's replica identity: the others are unknown, not NULL.
 */
final class RecordDecoder {

    private static final String NEW_KEY_HEADER = "__debezium.newkey";
    private static final String OLD_KEY_HEADER = "__debezium.oldkey";
    private static final RowImage UNTOLD = _ -> Cell.UNKNOWN;

    private final Map<TableName, Set<String>> identities;
    private final CellReader cells;
    private final CallDecoder calls;

    /**
     * @param identities the columns whose old values the log has, of each captured table
     */
    RecordDecoder(Map<TableName, Set<String>> identities, CellReader cells, CallDecoder calls) {
        this.identities = Map.copyOf(identities);
        this.cells = cells;
        this.calls = calls;
    }

    Captured decode(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return new Captured.Nothing();
        }
        if (value.schema().field("op") != null) {
            return change(record, value);
        }
        if (TransactionMark.of(record) == TransactionMark.END) {
            return new Captured.Ended(new Lsn(longOf(record.sourceOffset(), "lsn_commit")));
        }
        return new Captured.Nothing();
    }

    private Captured change(SourceRecord record, Struct value) {
        Struct source = value.getStruct("source");
        String operation = value.getString("op");
        if (operation.equals("m")) {
            return message(value, source);
        }
        Long transaction = source.getInt64("txId");
        if (transaction == null) {
            return new Captured.Nothing();
        }
        var table = new TableName(source.getString("schema"), source.getString("table"));
        RowChange change =
                switch (operation) {
                    case "c" -> created(record, table, after(value));
                    case "u" ->
                            new RowChange(
                                    table,
                                    Operation.UPDATE,
                                    before(record, table, value),
                                    after(value));
                    case "d" -> deleted(record, table, deletedRow(record, table, value));
                    case "t" -> new RowChange(table, Operation.TRUNCATE, null, null);
                    default -> throw new IllegalStateException("unknown operation " + operation);
                };
        return new Captured.Changed(transaction.intValue(), committedAt(source), change);
    }

    /** One without a transaction tells no commit time, and is in no order with the changes. */
    private Captured message(Struct value, Struct source) {
        Struct message = value.getStruct("message");
        Long transaction = source.getInt64("txId");
        var lsn = new Lsn(source.getInt64("lsn"));
        Instant at = transaction == null ? Instant.EPOCH : committedAt(source);
        return switch (message.getString("prefix")) {
            case Heartbeat.PREFIX ->
                    transaction == null ? new Captured.Nothing() : new Captured.Beat(lsn, at);
            case InvalidationFunctions.PREFIX ->
                    calls.decode(message.getBytes("content"), transaction, lsn, at);
            default -> new Captured.Nothing();
        };
    }

    private static RowChange created(SourceRecord record, TableName table, RowImage after) {
        boolean moved = record.headers().lastWithName(OLD_KEY_HEADER) != null;
        return new RowChange(table, moved ? Operation.UPDATE : Operation.INSERT, null, after);
    }

    private static RowChange deleted(SourceRecord record, TableName table, RowImage before) {
        boolean moved = record.headers().lastWithName(NEW_KEY_HEADER) != null;
        return new RowChange(table, moved ? Operation.UPDATE : Operation.DELETE, before, null);
    }

    private RowImage after(Struct value) {
        return image(value.getStruct("after"));
    }

    /**
     * Without an old row in the record the identity's columns are those of the new row. A table
     * that logs whole old rows always has one: without it, it no longer does.
     */
    private RowImage before(SourceRecord record, TableName table, Struct value) {
        Struct before = value.getStruct("before");
        Set<String> identity = identities.getOrDefault(table, Set.of());
        if (before != null) {
            return new Logged(image(before), identity);
        }
        Struct after = value.getStruct("after");
        boolean hasMoreThanItsKey = !keysOf(record).containsAll(identity);
        return after == null || (isWhole(identity, after) && hasMoreThanItsKey)
                ? UNTOLD
                : new Logged(image(after), identity);
    }

    /**
     * Of a table that logs whole old rows, one that has nothing but its key: then it no longer logs
     * them, and the rest is unknown, not NULL.
     */
    private RowImage deletedRow(SourceRecord record, TableName table, Struct value) {
        Struct before = value.getStruct("before");
        Set<String> identity = identities.getOrDefault(table, Set.of());
        Set<String> keys = keysOf(record);
        if (before == null || keys.isEmpty() || !isWhole(identity, before)) {
            return before(record, table, value);
        }
        boolean onlyKey =
                before.schema().fields().stream()
                        .allMatch(f ->
                                keys.contains(f.name())
                                        || before.getWithoutDefault(f.name()) == null);
        return new Logged(image(before), onlyKey ? keys : identity);
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

    private RowImage image(@Nullable Struct row) {
        return row == null ? UNTOLD : new Recorded(row, cells);
    }

    private static Instant committedAt(Struct source) {
        return Instant.EPOCH.plus(source.getInt64("ts_us"), ChronoUnit.MICROS);
    }

    private static long longOf(Map<String, ?> offset, String key) {
        if (offset.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("no " + key + " in " + offset);
    }
}
