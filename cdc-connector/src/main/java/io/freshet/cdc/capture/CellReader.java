package io.freshet.cdc.capture;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.data.Enum;
import io.debezium.data.Uuid;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTime;
import io.debezium.time.ZonedTimestamp;
import io.freshet.cdc.rule.Cell;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns the engine's values into what {@code column::text} gives in PostgreSQL, session time zone
 * UTC. Works from the record's own schema, so that rows from before an ALTER TABLE are read as they
 * were.
 */
final class CellReader {

    /** What the engine calls the column's type, in the schema's parameters. */
    static final String SOURCE_TYPE = "__debezium.source.column.type";

    private static final String INFINITY = "infinity";
    private static final long INFINITE_MICROS =
            ChronoUnit.MICROS.between(
                    Instant.EPOCH, PostgresValueConverter.POSITIVE_INFINITY_INSTANT);
    private static final long NEGATIVE_INFINITE_MICROS =
            ChronoUnit.MICROS.between(
                    Instant.EPOCH, PostgresValueConverter.NEGATIVE_INFINITY_INSTANT);

    private final String unchanged;

    /**
     * @param unchanged what the engine writes for a large value that an update left alone
     */
    CellReader(String unchanged) {
        this.unchanged = unchanged;
    }

    Cell read(Schema schema, @Nullable Object value) {
        if (value == null) {
            return Cell.NULL;
        }
        if (isUnchanged(value) || !isWhole(schema, value)) {
            return Cell.UNKNOWN;
        }
        String text = text(schema, value);
        return text == null ? new Cell.Opaque(value) : new Cell.Text(text);
    }

    /** Whether it stands for a large value that an update left alone. */
    boolean isUnchanged(@Nullable Object value) {
        return unchanged.equals(value);
    }

    /** Whether the engine tells all of a value: of a time of day it loses the zone. */
    static boolean isWhole(Schema schema, @Nullable Object value) {
        return value == null || !ZonedTime.SCHEMA_NAME.equals(schema.name());
    }

    /** Null for a type that has no stable text. */
    private static @Nullable String text(Schema schema, Object value) {
        String name = schema.name();
        return switch (schema.type()) {
            case BOOLEAN -> value.toString();
            case INT8, INT16 -> value.toString();
            case INT32 ->
                    switch (name) {
                        case null -> value.toString();
                        case Date.SCHEMA_NAME -> date((Integer) value);
                        default -> null;
                    };
            case INT64 ->
                    switch (name) {
                        case null -> value.toString();
                        case MicroTimestamp.SCHEMA_NAME -> timestamp((Long) value);
                        default -> null;
                    };
            case STRING ->
                    switch (name) {
                        case null -> string(schema, value.toString());
                        case Uuid.LOGICAL_NAME, Enum.LOGICAL_NAME -> value.toString();
                        case ZonedTimestamp.SCHEMA_NAME -> zonedTimestamp(value.toString());
                        default -> null;
                    };
            case FLOAT32, FLOAT64, BYTES, ARRAY, MAP, STRUCT -> null;
        };
    }

    private static @Nullable String string(Schema schema, String value) {
        Map<String, String> parameters = schema.parameters();
        String type = parameters == null ? "" : parameters.getOrDefault(SOURCE_TYPE, "");
        return switch (type) {
            case "BPCHAR" -> value.stripTrailing();
            case "NUMERIC" ->
                    switch (value) {
                        case "NAN" -> "NaN";
                        case "POSITIVE_INFINITY" -> "Infinity";
                        case "NEGATIVE_INFINITY" -> "-Infinity";
                        default -> value;
                    };
            default -> value;
        };
    }

    private static String date(int epochDay) {
        if (epochDay == PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE.toEpochDay()) {
            return INFINITY;
        }
        if (epochDay == PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE.toEpochDay()) {
            return "-" + INFINITY;
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return day(date) + era(date);
    }

    private static String timestamp(long micros) {
        if (micros == INFINITE_MICROS) {
            return INFINITY;
        }
        if (micros == NEGATIVE_INFINITE_MICROS) {
            return "-" + INFINITY;
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                        ZoneOffset.UTC);
        return day(time.toLocalDate()) + " " + clock(time) + era(time.toLocalDate());
    }

    private static String zonedTimestamp(String iso) {
        if (iso.endsWith(INFINITY)) {
            return iso;
        }
        LocalDateTime time =
                OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return day(time.toLocalDate()) + " " + clock(time) + "+00" + era(time.toLocalDate());
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(
                Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static String clock(LocalDateTime time) {
        String seconds =
                String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond());
        int micros = time.getNano() / 1_000;
        return micros == 0
                ? seconds
                : seconds + String.format(Locale.ROOT, ".%06d", micros).replaceAll("0+$", "");
    }
}
