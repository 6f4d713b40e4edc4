package io.freshet.engine.source;

import java.sql.SQLException;
import java.util.Objects;

/** What PostgreSQL's error codes mean to a source, and what to do about them. */
final class SqlFailure {

    private SqlFailure() {}

    /** Of a query for one key. */
    static SourceException of(String database, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (state.startsWith("22")) {
            return new SourceException(
                    SourceException.Reason.REJECTED, "the source refuses the key: " + text(e), e);
        }
        if (state.equals("57014")) {
            return new SourceException(
                    SourceException.Reason.TIMEOUT,
                    "the query of '" + database + "' did not end in time",
                    e);
        }
        return new SourceException(
                SourceException.Reason.UNAVAILABLE,
                "'" + database + "' cannot answer: " + text(e),
                e);
    }

    /** Of a write; says nothing of the statement. */
    static SourceException ofWrite(String database, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        boolean late = state.equals("57014") || state.equals("55P03");
        return new SourceException(
                late ? SourceException.Reason.TIMEOUT : SourceException.Reason.UNAVAILABLE,
                "'%s' cannot be written (SQLSTATE %s)"
                        .formatted(database, state.isEmpty() ? "unknown" : state),
                e);
    }

    /** Whether the database itself cannot be asked, whatever the query. */
    static boolean isOfConnection(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "08");
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("28")
                || state.equals("3D000");
    }

    /**
     * Of a query that is prepared before it is used.
     *
     * @param field where it stands
     * @param mend what to do about it if it is at fault
     */
    static RuntimeException whenPrepared(
            String field, String database, SQLException e, String mend) {
        return isOfConnection(e)
                ? of(database, e)
                : new InvalidSourceException(
                        "%s is refused by '%s': %s: %s".formatted(field, database, text(e), mend));
    }

    /** What to do about a query that the database does not take. */
    static String mend(SQLException e) {
        return switch (Objects.requireNonNullElse(e.getSQLState(), "")) {
            case "42883", "42804" -> "cast the key to the column's type: CAST(:key AS bigint)";
            case "42P18", "42P08" -> "say what the key is: CAST(:key AS text)";
            case "42P01" -> "name the table with its schema, and check that it exists";
            case "42703" -> "check the names of the columns";
            case "42501" -> "GRANT SELECT on it to the user of this database";
            case "42601" -> "check the syntax; it must be one SELECT";
            case "25006" -> "a source only reads";
            default -> "try the query in psql as the user of this database";
        };
    }

    /** The same, of a query that is not about one key. */
    static String mendWithoutKey(SQLException e) {
        return switch (Objects.requireNonNullElse(e.getSQLState(), "")) {
            case "42883", "42804", "42P18", "42P08" ->
                    "it has no parameters; cast what it compares to the same type";
            default -> mend(e);
        };
    }

    /** The server's message without the lines around it. */
    static String text(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
