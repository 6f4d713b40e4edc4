package io.freshet.cdc.capture;

import io.freshet.cdc.database.Heartbeat;
import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads the engine's records.
 *
 * <p>A changed primary key comes as a deletion and a creation that refer to each other in their
 * headers; each becomes an update with one image.
 */
final class RecordDecoder {

    private static final String NEW_KEY_HEADER = "__debezium.newkey";
    private static final String OLD_KEY_HEADER = "__debezium.oldkey";

    private final RowImages rows;
    private final CallDecoder calls;

    RecordDecoder(RowImages rows, CallDecoder calls) {
        this.rows = rows;
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
                    case "c" -> created(record, table, rows.after(value));
                    case "u" ->
                            new RowChange(
                                    table,
                                    Operation.UPDATE,
                                    rows.before(record, table),
                                    rows.after(value));
                    case "d" -> deleted(record, table, rows.deleted(record, table));
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
