package io.freshet.system;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * When queries were answered, by the database's clock: a function that they call says so in the
 * database's log, as {@code RAISE LOG '<word> <key> <seconds>'}.
 *
 * @param seconds ascending
 */
record QueryTimes(List<Double> seconds) {

    static QueryTimes of(List<String> log, String word) {
        Pattern told = Pattern.compile("LOG:  " + word + " \\S+ ([0-9.]+)");
        return new QueryTimes(
                log.stream()
                        .flatMap(line -> told.matcher(line).results())
                        .map((MatchResult query) -> Double.valueOf(query.group(1)))
                        .sorted()
                        .toList());
    }

    int count() {
        return seconds.size();
    }

    /** Of all seconds, whenever they begin. */
    int mostInASecond() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < seconds.size(); last++) {
            while (seconds.get(last) - seconds.get(first) >= 1) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
