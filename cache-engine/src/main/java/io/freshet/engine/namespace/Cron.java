package io.freshet.engine.namespace;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A schedule of five fields, as crontab has them: minute, hour, day of month, month, day of week;
 * UTC. A field is a list of numbers or names, ranges and {@code *}, each with a step if it has one:
 * {@code 0,30 8-18 * * MON-FRI}.
 *
 * @param text the five fields, with one space between them
 */
public record Cron(String text) {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private record Field(String name, int least, int most, List<String> names) {

        void check(String text) {
            for (String part : text.split(",", -1)) {
                String[] stepped = part.split("/", -1);
                if (stepped.length > 2) {
                    throw refuse(text);
                }
                if (stepped.length == 2) {
                    number(stepped[1], 1, most, text);
                }
                if (!stepped[0].equals("*")) {
                    range(stepped[0].split("-", -1), text);
                }
            }
        }

        private void range(String[] ends, String text) {
            int first = value(ends[0], text);
            if (ends.length > 2 || (ends.length == 2 && value(ends[1], text) < first)) {
                throw refuse(text);
            }
        }

        private int value(String part, String text) {
            int named = names.indexOf(part.toUpperCase(Locale.ROOT));
            return named >= 0 ? named + least : number(part, least, most, text);
        }

        private int number(String part, int from, int to, String text) {
            if (!part.matches("\\d{1,2}")) {
                throw refuse(text);
            }
            int number = Integer.parseInt(part);
            if (number < from || number > to) {
                throw refuse(text);
            }
            return number;
        }

        private IllegalArgumentException refuse(String text) {
            return new IllegalArgumentException(
                    "%s must be * or within %d-%d, such as */5 or 1,3-5, not '%s'"
                            .formatted(name, least, most, text));
        }
    }

    private static final List<Field> FIELDS =
            List.of(
                    new Field("minute", 0, 59, List.of()),
                    new Field("hour", 0, 23, List.of()),
                    new Field("day of month", 1, 31, List.of()),
                    new Field(
                            "month",
                            1,
                            12,
                            List.of(
                                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
                                    "OCT", "NOV", "DEC")),
                    new Field(
                            "day of week",
                            0,
                            7,
                            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")));

    public Cron {
        String[] fields = SPACES.split(text.strip());
        if (fields.length != FIELDS.size()) {
            throw new IllegalArgumentException(
                    "must have five fields: minute hour day month weekday, such as 0 6 * * MON-FRI");
        }
        for (int i = 0; i < fields.length; i++) {
            FIELDS.get(i).check(fields[i]);
        }
        text = String.join(" ", fields);
    }

    @Override
    public String toString() {
        return text;
    }
}
