package io.freshet.cdc.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names as PostgreSQL reads them: unquoted ones fold to lower case, {@code "Quoted"} ones are taken
 * as they stand, a doubled quote stands for itself.
 */
public final class SqlName {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-z_][a-z0-9_]*");

    private SqlName() {}

    /**
     * Reads one name.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static String parse(String text) {
        List<String> names = parseDotted(text);
        if (names.size() != 1) {
            throw new IllegalArgumentException("'" + text + "' is not a single name");
        }
        return names.getFirst();
    }

    /**
     * Reads names joined by dots.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static List<String> parseDotted(String text) {
        var names = new ArrayList<String>();
        int at = 0;
        while (true) {
            int end = text.startsWith("\"", at) ? endOfQuoted(text, at) : endOfPlain(text, at);
            names.add(unquoted(text.substring(at, end)));
            if (end == text.length()) {
                return names;
            }
            if (text.charAt(end) != '.') {
                throw illegal(text);
            }
            at = end + 1;
        }
    }

    /** The name as it stands in a statement, quoted where it must be. */
    static String toSql(String name) {
        return NEEDS_NO_QUOTES.matcher(name).matches() ? name : quoted(name);
    }

    /** The name in quotes, which is right for every name. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static int endOfPlain(String text, int from) {
        int dot = text.indexOf('.', from);
        int end = dot < 0 ? text.length() : dot;
        if (!PLAIN.matcher(text).region(from, end).matches()) {
            throw illegal(text);
        }
        return end;
    }

    private static int endOfQuoted(String text, int from) {
        for (int i = from + 1; i < text.length(); i++) {
            if (text.charAt(i) != '"') {
                continue;
            }
            if (text.startsWith("\"", i + 1)) {
                i++;
            } else if (i > from + 1) {
                return i + 1;
            } else {
                break;
            }
        }
        throw illegal(text);
    }

    private static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException illegal(String text) {
        return new IllegalArgumentException(
                "'%s' is not a name: write it as in SQL, with \"quotes\" around what is not plain"
                        .formatted(text));
    }
}
