package io.freshet.infra.check.report;

import io.freshet.infra.check.history.Spread;
import io.freshet.infra.check.load.Tally;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A report as one JSON object. */
public final class ReportJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ReportJson() {}

    public static String of(Report report) {
        var object = new LinkedHashMap<String, Object>();
        object.put("good", report.isGood());
        object.put("seconds", report.length().toSeconds());
        object.put("window_ms", report.window().toMillis());
        object.put("nodes", report.nodes());
        object.put("planted", report.planted());
        for (Tally.Of what : Tally.Of.values()) {
            object.put(what.name().toLowerCase(Locale.ROOT), report.tally().counts(what));
        }
        object.put("reads_total", report.tally().total(Tally.Of.READS));
        object.put("window_exceeded", report.windowExceeded());
        object.put("answers", spread(report.verdict().answers()));
        object.put("commits_to_fresh", spread(report.verdict().commits()));
        object.put("violations_total", report.verdict().violationCount());
        object.put(
                "violations",
                report.verdict().violations().stream()
                        .map(violation ->
                                Map.of("text", violation.text(), "around", violation.around()))
                        .toList());
        object.put("permanently_stale_total", report.stale().size());
        object.put("permanently_stale", report.stale().stream().map(Object::toString).toList());
        object.put(
                "events",
                report.events().stream()
                        .map(event ->
                                Map.of(
                                        "at_ms", event.at().toMillis(),
                                        "fault", event.fault(),
                                        "what", event.what()))
                        .toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object);
    }

    private static Map<String, Object> spread(Spread spread) {
        var object = new LinkedHashMap<String, Object>();
        object.put("count", spread.count());
        object.put("above_zero", spread.above());
        object.put("p50_ms", spread.p50().toNanos() / 1e6);
        object.put("p99_ms", spread.p99().toNanos() / 1e6);
        object.put("max_ms", spread.max().toNanos() / 1e6);
        return object;
    }
}
