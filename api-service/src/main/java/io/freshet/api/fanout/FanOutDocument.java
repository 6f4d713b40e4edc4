package io.freshet.api.fanout;

import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.Target;
import java.util.List;
import java.util.Locale;

/** Fan-outs as callers see them. */
final class FanOutDocument {

    private FanOutDocument() {}

    static JsonWriter ofAll(List<FanOutStatus> fanOuts) {
        var json = new JsonWriter().beginObject().name("fan_outs").beginArray();
        fanOuts.forEach(fanOut -> of(fanOut, json));
        return json.endArray().endObject();
    }

    static JsonWriter of(FanOutStatus fanOut, JsonWriter json) {
        FanOutProgress any = fanOut.parts().getFirst().progress();
        json.beginObject().name("id").value(fanOut.id().toString()).name("scopes").beginArray();
        fanOut.scopes().forEach(scope -> scope(scope, json));
        json.endArray()
                .name("mode")
                .value(lower(any.mode()))
                .name("state")
                .value(lower(fanOut.state()))
                .name("keys")
                .value(fanOut.keys())
                .name("started")
                .value(fanOut.startedAt().toString())
                .name("partitions")
                .beginArray();
        fanOut.parts().forEach(part -> part(part, json));
        return json.endArray().endObject();
    }

    private static void scope(Target scope, JsonWriter json) {
        json.beginObject().name("namespace").value(scope.namespace().value());
        switch (scope) {
            case Target.OfTag(_, var tag) -> json.name("tag").value(tag.value());
            case Target.OfPattern(_, var pattern) -> json.name("pattern").value(pattern.value());
            case Target.OfNamespace _, Target.OfKey _, Target.OfKeys _ -> {}
        }
        json.endObject();
    }

    private static void part(FanOutStatus.Part part, JsonWriter json) {
        FanOutProgress progress = part.progress();
        json.beginObject()
                .name("partition")
                .value(part.partition())
                .name("position")
                .value(progress.position().toString())
                .name("state")
                .value(lower(progress.state()))
                .name("keys")
                .value(progress.keys())
                .name("started")
                .value(progress.startedAt().toString())
                .name("at")
                .value(progress.at().toString())
                .endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
