package io.freshet.engine.source;

/** What a statement of a source may have for a parameter. */
enum SqlParameter {
    /** The key, of the type that its place has. */
    KEY(":key", "?", "WHERE id = CAST(:key AS bigint)"),
    /** The value, as {@code jsonb}. */
    VALUE(":value", "CAST(? AS jsonb)", "VALUES (CAST(:key AS bigint), :value->>'name')");

    private final String text;
    private final String jdbc;
    private final String example;

    SqlParameter(String text, String jdbc, String example) {
        this.text = text;
        this.jdbc = jdbc;
        this.example = example;
    }

    String text() {
        return text;
    }

    String jdbc() {
        return jdbc;
    }

    String example() {
        return example;
    }
}
