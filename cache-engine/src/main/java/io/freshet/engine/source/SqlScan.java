package io.freshet.engine.source;

/**
 * One pass over a query of PostgreSQL's dialect that knows just enough of its lexical rules to find
 * the parameter: strings, quoted names, dollar quotes, comments, casts.
 */
final class SqlScan {

    private static final String PARAMETER = ":key";

    private final String sql;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int parameters;
    private int depth;

    SqlScan(String sql) {
        this.sql = sql;
    }

    KeyedQuery scan() {
        while (at < sql.length()) {
            step();
        }
        if (depth != 0) {
            throw refuse("has a '(' without its ')'");
        }
        if (parameters == 0) {
            throw refuse(
                    "must use the parameter :key, such as WHERE id = CAST(:key AS bigint); inside"
                            + " quotes it is text");
        }
        return new KeyedQuery(out.toString(), parameters);
    }

    private void step() {
        char c = sql.charAt(at);
        switch (c) {
            case '\'' -> copyUntilQuote(c, isEscapeString());
            case '"' -> copyUntilQuote(c, false);
            case '$' -> dollar();
            case '-' -> comment(sql.startsWith("--", at), this::endOfLine);
            case '/' -> comment(sql.startsWith("/*", at), this::endOfBlock);
            case ':' -> colon();
            case '?' -> {
                out.append("??");
                at++;
            }
            case ';' -> throw refuse("must be one query without ';': remove it");
            case '(' -> {
                depth++;
                copy(1);
            }
            case ')' -> {
                if (--depth < 0) {
                    throw refuse("has a ')' without its '('");
                }
                copy(1);
            }
            default -> copy(1);
        }
    }

    private void colon() {
        if (sql.startsWith("::", at)) {
            copy(2);
        } else if (sql.startsWith(PARAMETER, at) && !isPartOfName(at + PARAMETER.length())) {
            out.append('?');
            parameters++;
            at += PARAMETER.length();
        } else {
            copy(1);
        }
    }

    private void copyUntilQuote(char quote, boolean backslashEscapes) {
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += backslashEscapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= sql.length()) {
            throw refuse("has a " + quote + " without its end");
        }
        copy(end + 1 - at);
    }

    /** Whether the quote here follows an E that is a word of its own. */
    private boolean isEscapeString() {
        return at > 0
                && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e')
                && (at == 1 || !isPartOfName(at - 2));
    }

    private void dollar() {
        int end = at + 1;
        while (isPartOfName(end) && sql.charAt(end) != '$') {
            end++;
        }
        boolean opens = end < sql.length() && sql.charAt(end) == '$' && !isPartOfName(at - 1);
        if (!opens) {
            copy(1);
            return;
        }
        String mark = sql.substring(at, end + 1);
        int close = sql.indexOf(mark, end + 1);
        if (close < 0) {
            throw refuse("has a " + mark + " without its end");
        }
        copy(close + mark.length() - at);
    }

    private void comment(boolean opens, Runnable skip) {
        if (opens) {
            skip.run();
            out.append(' ');
        } else {
            copy(1);
        }
    }

    private void endOfLine() {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
    }

    private void endOfBlock() {
        int nesting = 0;
        do {
            if (at >= sql.length()) {
                throw refuse("has a /* without its */");
            }
            if (sql.startsWith("/*", at)) {
                nesting++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                nesting--;
                at += 2;
            } else {
                at++;
            }
        } while (nesting > 0);
    }

    private boolean isPartOfName(int index) {
        if (index < 0 || index >= sql.length()) {
            return false;
        }
        char c = sql.charAt(index);
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private void copy(int length) {
        out.append(sql, at, at + length);
        at += length;
    }

    private static IllegalArgumentException refuse(String rule) {
        return new IllegalArgumentException("source.sql " + rule);
    }
}
