package io.freshet.warmer.verify;

import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often answers were what the source said, by namespace and time, over the last hour, and the
 * last violations. Thread-safe.
 */
public final class Consistency implements Observer {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int VIOLATIONS = 100;

    private final InstantSource clock;
    private final Map<Line, Deque<Minute>> lines = new HashMap<>();
    private final Deque<Violation> violations = new ArrayDeque<>();

    /** What is counted apart. */
    public record Line(Namespace namespace, Duration after) {}

    private static final class Minute {

        final long number;
        long judged;
        long wrong;

        Minute(long number) {
            this.number = number;
        }
    }

    public Consistency(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void found(Namespace namespace, Duration after, Finding finding) {
        if (!finding.isJudged()) {
            return;
        }
        Deque<Minute> minutes =
                lines.computeIfAbsent(new Line(namespace, after), _ -> new ArrayDeque<>());
        long now = minute(clock.instant());
        forget(minutes, now);
        Minute last = minutes.peekLast();
        if (last == null || last.number != now) {
            last = new Minute(now);
            minutes.addLast(last);
        }
        last.judged++;
        if (finding != Finding.CONSISTENT) {
            last.wrong++;
        }
    }

    @Override
    public synchronized void found(Violation violation) {
        if (violations.size() == VIOLATIONS) {
            violations.removeFirst();
        }
        violations.addLast(violation);
    }

    /** What was ever checked. */
    public synchronized List<Line> lines() {
        var sorted = new ArrayList<>(lines.keySet());
        sorted.sort(
                Comparator.comparing((Line line) -> line.namespace().value())
                        .thenComparing(Line::after));
        return sorted;
    }

    public synchronized Score score(Line line) {
        Deque<Minute> minutes = lines.getOrDefault(line, new ArrayDeque<>());
        forget(minutes, minute(clock.instant()));
        return new Score(
                minutes.stream().mapToLong(minute -> minute.judged).sum(),
                minutes.stream().mapToLong(minute -> minute.wrong).sum());
    }

    /** The last ones, the latest last. */
    public synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    private static void forget(Deque<Minute> minutes, long now) {
        while (!minutes.isEmpty() && minutes.getFirst().number <= now - KEPT.toMinutes()) {
            minutes.removeFirst();
        }
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }
}
