package io.freshet.engine.source;

import java.util.ArrayList;
import java.util.List;

/**
 * One pass over a statement of PostgreSQL's dialect that knows just enough of its lexical rules to
 * find the parameters: strings, quoted names, dollar quotes, comments, casts.
 */
final class SqlScan {

    private final String field;
    private final String sql;
    private final List<SqlParameter> known;
    private final StringBuilder out = new StringBuilder();
    private final List<SqlParameter> found = new ArrayList<>();
    private int at;
    private int depth;

    /**
     * @param field where the statement stands, for messages
     * @param known parameters, each of which it must use
     */
    SqlScan(String field, String sql, List<SqlParameter> known) {
        this.field = field;
        this.sql = sql;
        this.known = known;
    }

    SqlStatement scan() {
        while (at < sql.length()) {
            step();
        }
        if (depth != 0) {
            throw refuse("has a '(' without its ')'");
        }
        for (SqlParameter parameter : known) {
            if (!found.contains(parameter)) {
                throw refuse(
                        "must use the parameter %s, such as %s; inside quotes it is text"
                                .formatted(parameter.text(), parameter.example()));
            }
        }
        return new SqlStatement(out.toString(), found);
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
            case ';' -> throw refuse("must be one statement without ';': remove it");
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
            return;
        }
        for (SqlParameter parameter : known) {
            int end = at + parameter.text().length();
            if (sql.startsWith(parameter.text(), at) && !isPartOfName(end)) {
                out.append(parameter.jdbc());
                found.add(parameter);
                at = end;
                return;
            }
        }
        copy(1);
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

    private IllegalArgumentException refuse(String rule) {
        return new IllegalArgumentException(field + " " + rule);
    }
}
