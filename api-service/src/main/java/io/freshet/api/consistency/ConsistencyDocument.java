package io.freshet.api.consistency;

import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.engine.namespace.DurationText;
import java.util.List;

/** Verdicts as callers see them. */
final class ConsistencyDocument {

    private static final double CENT = 100;

    private ConsistencyDocument() {}

    static JsonWriter of(List<Verdict> verdicts) {
        var json = new JsonWriter(1024).beginObject().name("namespaces").beginArray();
        verdicts.forEach(verdict -> write(verdict, json));
        return json.endArray().endObject();
    }

    private static void write(Verdict verdict, JsonWriter json) {
        json.beginObject().name("namespace").value(verdict.namespace().value());
        write(verdict.together(), verdict.nines(), json);
        json.name("checks").beginArray();
        verdict.checks()
                .forEach((after, score) -> {
                    json.beginObject().name("after").plain(DurationText.format(after));
                    write(score, score.nines(), json);
                    json.endObject();
                });
        json.endArray();
        Violation last = verdict.last();
        if (last != null) {
            json.name("last_violation").beginObject();
            json.name("at").plain(last.at().toString());
            json.name("key").value(last.key().value());
            json.name("node").value(last.node());
            json.name("after").plain(DurationText.format(last.after()));
            json.name("cause").value(last.cause());
            json.endObject();
        }
        json.endObject();
    }

    private static void write(Score score, double nines, JsonWriter json) {
        json.name("nines");
        if (Double.isNaN(nines)) {
            json.nothing();
        } else {
            // Rounded down: it must not claim more than was measured.
            json.value(Math.floor(nines * CENT) / CENT);
        }
        json.name("judged").value(score.judged()).name("wrong").value(score.wrong());
    }
}
