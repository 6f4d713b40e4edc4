package io.freshet.cdc.capture;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What a record of the engine says of the course of a transaction. */
enum TransactionMark {
    BEGIN,
    END,
    /** Nothing: it is a change or a message. */
    NONE;

    private static final String STATUS = "status";

    static TransactionMark of(SourceRecord record) {
        if (!(record.value() instanceof Struct value)
                || value.schema().field("op") != null
                || value.schema().field(STATUS) == null) {
            return NONE;
        }
        return switch (value.getString(STATUS)) {
            case "BEGIN" -> BEGIN;
            case "END" -> END;
            default -> NONE;
        };
    }
}
