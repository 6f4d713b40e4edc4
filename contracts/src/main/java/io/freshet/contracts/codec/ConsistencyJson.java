package io.freshet.contracts.codec;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;

/** What verifiers find, as JSON. */
final class ConsistencyJson {

    private ConsistencyJson() {}

    static void write(ConsistencyReport report, JsonWriter out) {
        out.put("worker", report.worker())
                .put("namespace", report.namespace().value())
                .put("at", report.at())
                .objects("checks", report.checks(), ConsistencyJson::writeChecks);
        if (report.last() != null) {
            out.object("last", report.last(), ConsistencyJson::writeViolation);
        }
    }

    private static void writeChecks(Checks some, JsonWriter out) {
        out.put("after", some.after().toString())
                .put("judged", some.score().judged())
                .put("wrong", some.score().wrong());
    }

    private static void writeViolation(Violation violation, JsonWriter out) {
        out.put("at", violation.at())
                .put("key", violation.key().value())
                .put("node", violation.node())
                .put("after", violation.after().toString())
                .put("cause", violation.cause());
    }

    static ConsistencyReport read(JsonObject in) {
        return new ConsistencyReport(
                in.text("worker"),
                in.parsed("namespace", Namespace::new),
                in.instant("at"),
                in.objects(
                        "checks",
                        some ->
                                new Checks(
                                        some.parsed("after", Duration::parse),
                                        new Score(some.number("judged"), some.number("wrong")))),
                in.has("last") ? in.object("last", ConsistencyJson::readViolation) : null);
    }

    private static Violation readViolation(JsonObject in) {
        return new Violation(
                in.instant("at"),
                in.parsed("key", EntryKey::new),
                in.text("node"),
                in.parsed("after", Duration::parse),
                in.text("cause"));
    }
}
