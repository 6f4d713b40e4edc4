package io.freshet.engine.namespace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512B}, {@code 64KB}, {@code 1MB}, of 1024 each. */
public final class SizeText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(B|KB|MB|GB)");

    private SizeText() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says how one is written
     */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "must be a whole number with a unit, such as 512B, 64KB, 1MB or 2GB, not '"
                            + text
                            + "'");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "B" -> number;
            case "KB" -> number << 10;
            case "MB" -> number << 20;
            default -> number << 30;
        };
    }

    /** Writes it with the largest unit that keeps it whole. */
    public static String format(long bytes) {
        String[] units = {"B", "KB", "MB", "GB"};
        int unit = 0;
        long number = bytes;
        while (unit < units.length - 1 && number != 0 && number % 1024 == 0) {
            number /= 1024;
            unit++;
        }
        return number + units[unit];
    }
}
