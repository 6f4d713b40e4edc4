package io.freshet.infra.check.report;

import io.freshet.infra.check.history.Spread;
import io.freshet.infra.check.history.Violation;
import io.freshet.infra.check.load.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report in lines for people; the verdict is the last one. */
public final class ReportText {
    private static final int SHOWN = 5;

    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private ReportText(Report report) {
        this.report = report;
    }

    public static List<String> of(Report report) {
        return new ReportText(report).lines();
    }

    private List<String> lines() {
        row("load", "%d s on %d nodes".formatted(report.length().toSeconds(), report.nodes()));
        row(
                "window",
                "%d ms: no answer may miss a commit that was acknowledged so long before its request"
                        .formatted(report.window().toMillis()));
        counts("commits", Tally.Of.COMMITS);
        counts("not committed", Tally.Of.NOT_COMMITTED);
        counts("purges", Tally.Of.PURGES);
        counts("reads", Tally.Of.READS);
        counts("failed", Tally.Of.FAILED);
        row("past the cache", report.windowExceeded() + " reads, since the pipeline lagged");
        row("answers", spread(report.verdict().answers(), "were outdated; by"));
        row("commits", spread(report.verdict().commits(), "were missing in some answer; for"));
        report.events()
                .forEach(event ->
                        row(
                                event.fault(),
                                "%6.1f s  %s".formatted(seconds(event.at()), event.what())));
        report.verdict().violations().stream().limit(SHOWN).forEach(this::violation);
        report.stale().stream().limit(SHOWN).forEach(stale -> row("STALE", stale.toString()));
        lines.add("");
        lines.add(verdict());
        return lines;
    }

    private String verdict() {
        return "%s: %d of %d observations violate the window, %d values are permanently stale%s"
                .formatted(
                        report.isGood() ? "GOOD" : "BAD",
                        report.verdict().violationCount(),
                        report.verdict().answers().count(),
                        report.stale().size(),
                        report.planted().isEmpty() ? "" : "; planted fault: " + report.planted());
    }

    private void counts(String title, Tally.Of what) {
        Map<String, Long> counts = report.tally().counts(what);
        row(title, Long.toString(report.tally().total(what)));
        counts.forEach((kind, count) -> row("", "%9d  %s".formatted(count, kind)));
    }

    private void violation(Violation violation) {
        row("VIOLATION", violation.text());
        violation.around().forEach(line -> row("", line));
    }

    private static String spread(Spread spread, String verb) {
        return "%d, of which %d %s p50 %.1f ms, p99 %.1f ms, max %.1f ms (over all)"
                .formatted(
                        spread.count(),
                        spread.above(),
                        verb,
                        millis(spread.p50()),
                        millis(spread.p99()),
                        millis(spread.max()));
    }

    private void row(String title, String text) {
        lines.add("%-22s %s".formatted(title, text).stripTrailing());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
