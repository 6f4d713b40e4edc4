package io.freshet.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The alerts of {@code infra/prometheus} for somebody who cannot wait: every {@code for} and every
 * window is a hundredth of what it is. Nothing else is changed.
 */
final class HurriedAlerts {

    static final Path COMMITTED = PrometheusTools.CONFIGURATION.resolve("alerts.yaml");

    private static final int TIMES = 100;

    /** A rate needs several samples, which are a second apart. */
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(4);

    private static final Pattern FOR = Pattern.compile("(?<=\\bfor: )(\\d+)([smh])\\b");
    private static final Pattern WINDOW = Pattern.compile("(?<=\\[)(\\d+)([smh])(?=])");

    private HurriedAlerts() {}

    /** Writes them into a directory; the file. */
    static Path in(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("hurried-alerts.yaml"), of(Files.readString(COMMITTED)));
    }

    static String of(String rules) {
        return replaced(
                replaced(rules, FOR, time -> time),
                WINDOW,
                time -> time.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : time);
    }

    private static String replaced(
            String rules, Pattern times, UnaryOperator<Duration> afterwards) {
        return times.matcher(rules)
                .replaceAll(time -> afterwards.apply(hurried(time)).toMillis() + "ms");
    }

    private static Duration hurried(MatchResult time) {
        long count = Long.parseLong(time.group(1));
        Duration whole =
                switch (time.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                };
        return whole.dividedBy(TIMES);
    }
}
