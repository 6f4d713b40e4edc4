package io.freshet.cdc.database;

import io.freshet.cdc.rule.Operand;
import java.util.regex.Pattern;

/** How the values of a column's type can be compared outside the database, by their texts. */
public enum ColumnKind {
    BOOLEAN("true or false", false),
    NUMBER("a number, such as 5 or -0.5", true),
    TEXT("a 'text'", false),
    /** Its trailing spaces count for nothing. */
    CHAR("a 'text' that does not end with a space", false),
    ENUM("one of its labels in 'quotes'", false),
    UUID("a uuid in small letters, such as 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", false),
    DATE("a date, such as '2026-03-01'", true),
    TIMESTAMP("a time, such as '2026-03-01 12:00:00'", true),
    TIMESTAMPTZ("a time in UTC, such as '2026-03-01 12:00:00+00'", true),
    /** Not at all. */
    OTHER("nothing", false);

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String DAY = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
    private static final String CLOCK = " ([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{0,5}[1-9])?";
    private static final Pattern DATE_TEXT = Pattern.compile(DAY);
    private static final Pattern TIMESTAMP_TEXT = Pattern.compile(DAY + CLOCK);
    private static final Pattern TIMESTAMPTZ_TEXT = Pattern.compile(DAY + CLOCK + "\\+00");

    private final String comparable;
    private final boolean ordered;

    ColumnKind(String comparable, boolean ordered) {
        this.comparable = comparable;
        this.ordered = ordered;
    }

    /**
     * The kind of a type.
     *
     * @param type its name in the catalog; of a domain, of the type below
     * @param enumerated whether it is an enum
     */
    static ColumnKind of(String type, boolean enumerated) {
        if (enumerated) {
            return ENUM;
        }
        return switch (type) {
            case "bool" -> BOOLEAN;
            case "int2", "int4", "int8", "numeric" -> NUMBER;
            case "text", "varchar" -> TEXT;
            case "bpchar" -> CHAR;
            case "uuid" -> UUID;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> TIMESTAMPTZ;
            default -> OTHER;
        };
    }

    /** What it can be compared with, for people. */
    String comparable() {
        return comparable;
    }

    /** Whether its texts tell which of two values comes first. */
    boolean isOrdered() {
        return ordered;
    }

    /** Whether a value is written as this kind's texts are: any other would never be equal. */
    boolean takes(Operand.Value value) {
        return switch (value) {
            case Operand.Value.Bool _ -> this == BOOLEAN;
            case Operand.Value.Numeric _ -> this == NUMBER;
            case Operand.Value.Text(String text) ->
                    switch (this) {
                        case TEXT, ENUM -> true;
                        case CHAR -> !text.endsWith(" ");
                        case UUID -> UUID_TEXT.matcher(text).matches();
                        case DATE -> DATE_TEXT.matcher(text).matches();
                        case TIMESTAMP -> TIMESTAMP_TEXT.matcher(text).matches();
                        case TIMESTAMPTZ -> TIMESTAMPTZ_TEXT.matcher(text).matches();
                        case BOOLEAN, NUMBER, OTHER -> false;
                    };
        };
    }
}
