package io.freshet.infra.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measured times as text. */
final class Millis {
    private Millis() {}

    static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    /** The middle one, and the longest; the list must not be empty. */
    static String summary(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return "median %s, worst %s"
                .formatted(of(sorted.get(sorted.size() / 2)), of(sorted.getLast()));
    }
}
