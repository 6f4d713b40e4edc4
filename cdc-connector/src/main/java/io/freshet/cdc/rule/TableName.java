package io.freshet.cdc.rule;

import java.util.List;

/** A table of the source database; both parts are as the catalog has them. */
public record TableName(String schema, String table) implements Comparable<TableName> {

    /**
     * Reads {@code schema.table} as SQL does: unquoted names fold to lower case.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static TableName parse(String text) {
        List<String> names = SqlName.parseDotted(text);
        if (names.size() != 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be schema.table, such as public.cities");
        }
        return new TableName(names.get(0), names.get(1));
    }

    /** Both parts in quotes, for statements. */
    public String quoted() {
        return SqlName.quoted(schema) + "." + SqlName.quoted(table);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** As people write it: quotes only where they are needed. */
    @Override
    public String toString() {
        return SqlName.toSql(schema) + "." + SqlName.toSql(table);
    }
}
