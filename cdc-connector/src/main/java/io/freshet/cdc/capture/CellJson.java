package io.freshet.cdc.capture;

import io.debezium.data.Json;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.JsonText;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Values as {@code row_to_json} writes them in PostgreSQL, session time zone UTC. */
final class CellJson {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private CellJson() {}

    /**
     * A column's value.
     *
     * @param cell the same, as text
     * @return null when it is not told, or is of a type without a stable text
     */
    static @Nullable String of(Schema schema, @Nullable Object value, Cell cell) {
        return switch (cell) {
            case Cell.Null _ -> "null";
            case Cell.Unknown _ -> null;
            case Cell.Opaque(Object opaque) ->
                    Json.LOGICAL_NAME.equals(schema.name()) ? opaque.toString() : null;
            case Cell.Text(String text) -> json(schema, String.valueOf(value), text);
        };
    }

    private static String json(Schema schema, String raw, String text) {
        return switch (schema.name()) {
            case null -> plain(schema, raw, text);
            case Date.SCHEMA_NAME -> JsonText.quoted(text);
            case MicroTimestamp.SCHEMA_NAME -> JsonText.quoted(iso(text));
            case ZonedTimestamp.SCHEMA_NAME -> JsonText.quoted(iso(text).replace("+00", "+00:00"));
            default -> JsonText.quoted(text);
        };
    }

    private static String plain(Schema schema, String raw, String text) {
        return switch (schema.type()) {
            case BOOLEAN, INT8, INT16, INT32, INT64 -> text;
            default ->
                    switch (typeOf(schema)) {
                        case "NUMERIC" ->
                                NUMBER.matcher(text).matches() ? text : JsonText.quoted(text);
                        case "BPCHAR" -> JsonText.quoted(raw);
                        default -> JsonText.quoted(text);
                    };
        };
    }

    private static String typeOf(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        return parameters == null ? "" : parameters.getOrDefault(CellReader.SOURCE_TYPE, "");
    }

    private static String iso(String timestamp) {
        return timestamp.replaceFirst(" ", "T");
    }
}
