package io.freshet.contracts.codec;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What verifiers find, as JSON. */
final class ConsistencyJson {

    private ConsistencyJson() {}

    static void write(ConsistencyReport report, ObjectNode out) {
        out.put("worker", report.worker())
                .put("namespace", report.namespace().value())
                .put("at", report.at().toString());
        ArrayNode checks = out.putArray("checks");
        for (Checks some : report.checks()) {
            checks.addObject()
                    .put("after", some.after().toString())
                    .put("judged", some.score().judged())
                    .put("wrong", some.score().wrong());
        }
        Violation last = report.last();
        if (last != null) {
            out.putObject("last")
                    .put("at", last.at().toString())
                    .put("key", last.key().value())
                    .put("node", last.node())
                    .put("after", last.after().toString())
                    .put("cause", last.cause());
        }
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
