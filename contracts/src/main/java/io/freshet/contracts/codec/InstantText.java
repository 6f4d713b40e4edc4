package io.freshet.contracts.codec;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Instants as text, the way {@link Instant} writes and reads them.
 *
 * <p>The usual form, {@code 2026-01-02T03:04:05Z} with up to nine digits of a fraction, it reads
 * and writes by itself, in a small part of the time; every other one, legal or not, it leaves to
 * {@link Instant}.
 */
final class InstantText {

    private static final int SHORTEST = "2026-01-02T03:04:05Z".length();
    private static final int LONGEST = "2026-01-02T03:04:05.123456789Z".length();

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int DAY = 24 * 60 * 60;

    private InstantText() {}

    static String of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < FIRST || seconds > LAST) {
            return instant.toString();
        }
        var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
        int second = Math.floorMod(seconds, DAY);
        int nano = instant.getNano();
        char[] text = "0000-00-00T00:00:00.000000000Z".toCharArray();
        put(date.getYear(), text, 4);
        put(date.getMonthValue(), text, 7);
        put(date.getDayOfMonth(), text, 10);
        put(second / 3600, text, 13);
        put(second / 60 % 60, text, 16);
        put(second % 60, text, 19);
        put(nano, text, 29);
        int end = nano == 0 ? 19 : nano % 1_000_000 == 0 ? 23 : nano % 1_000 == 0 ? 26 : 29;
        text[end] = 'Z';
        return new String(text, 0, end + 1);
    }

    private static void put(int number, char[] text, int end) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            text[--at] = (char) ('0' + rest % 10);
        }
    }

    static Instant parse(String text) {
        if (isPunctuated(text)) {
            int year = digits(text, 0, 4);
            int month = digits(text, 5, 7);
            int day = digits(text, 8, 10);
            int hour = digits(text, 11, 13);
            int minute = digits(text, 14, 16);
            int second = digits(text, 17, 19);
            int nano = nano(text);
            if (isDay(year, month, day) && isTime(hour, minute, second) && nano >= 0) {
                long days = YearMonth.of(year, month).atDay(day).toEpochDay();
                return Instant.ofEpochSecond(
                        ((days * 24 + hour) * 60 + minute) * 60 + second, nano);
            }
        }
        return Instant.parse(text);
    }

    private static boolean isPunctuated(String text) {
        int length = text.length();
        return SHORTEST <= length
                && length <= LONGEST
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (length == SHORTEST || text.charAt(19) == '.')
                && text.charAt(length - 1) == 'Z';
    }

    private static boolean isDay(int year, int month, int day) {
        return year >= 0 && 1 <= month && month <= 12 && YearMonth.of(year, month).isValidDay(day);
    }

    private static boolean isTime(int hour, int minute, int second) {
        return 0 <= hour && hour < 24 && 0 <= minute && minute < 60 && 0 <= second && second < 60;
    }

    /** Negative if what follows the second's point is no digits. */
    private static int nano(String text) {
        int nano = digits(text, SHORTEST, text.length() - 1);
        for (int i = text.length(); i < LONGEST; i++) {
            nano *= 10;
        }
        return nano;
    }

    /** Negative if there are others. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
