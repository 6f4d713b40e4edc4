package io.freshet.api.warm;

import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.event.WarmProgress;
import java.util.List;
import java.util.Locale;

/** Warm jobs as callers see them. */
final class JobDocument {

    private JobDocument() {}

    static JsonWriter ofAll(List<WarmProgress> jobs) {
        var json = new JsonWriter().beginObject().name("jobs").beginArray();
        jobs.forEach(job -> write(job, json));
        return json.endArray().endObject();
    }

    static JsonWriter of(WarmProgress job) {
        return write(job, new JsonWriter());
    }

    private static JsonWriter write(WarmProgress job, JsonWriter json) {
        return json.beginObject()
                .name("job")
                .value(job.id())
                .name("namespace")
                .value(job.namespace().value())
                .name("requested_by")
                .value(job.requestedBy())
                .name("state")
                .value(job.state().name().toLowerCase(Locale.ROOT))
                .name("total")
                .value(job.tally().total())
                .name("loaded")
                .value(job.tally().loaded())
                .name("present")
                .value(job.tally().present())
                .name("absent")
                .value(job.tally().absent())
                .name("failed")
                .value(job.tally().failed())
                .name("held_out")
                .value(job.tally().heldOut())
                .name("parts")
                .value(job.parts())
                .name("at")
                .value(job.at().toString())
                .endObject();
    }
}
