package io.freshet.engine.namespace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as people write them: {@code 10%}. */
final class Percent {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})%");

    private Percent() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says how one is written
     */
    static int parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "must be a whole number of percent, such as 10%, not '" + text + "'");
        }
        return Integer.parseInt(form.group(1));
    }

    static String format(int percent) {
        return percent + "%";
    }
}
