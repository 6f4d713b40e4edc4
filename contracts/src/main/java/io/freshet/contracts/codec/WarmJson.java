package io.freshet.contracts.codec;

import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;

/** Warm jobs, how far they are, and that they are cancelled, as JSON. */
final class WarmJson {

    private WarmJson() {}

    static void writeJob(WarmJob job, JsonWriter out) {
        out.put("id", job.id())
                .put("part", job.part())
                .put("namespace", job.namespace().value())
                .put("requested-by", job.requestedBy())
                .put("at", job.at());
        switch (job.selection()) {
            case Selection.Keys(var keys) -> out.list("keys", keys, EntryKey::value);
            case Selection.Top(int count) -> out.put("top", count);
            case Selection.Query(String name) -> out.put("query", name);
            case Selection.Wanted() -> {}
        }
    }

    static WarmJob readJob(JsonObject in) {
        return new WarmJob(
                in.text("id"),
                in.counted("part", Math::toIntExact),
                namespace(in),
                in.has("keys") || in.has("top")
                        ? readKeysOrTop(in)
                        : in.has("query")
                                ? new Selection.Query(in.text("query"))
                                : new Selection.Wanted(),
                in.text("requested-by"),
                in.instant("at"));
    }

    /** Schema 1: no parts, no queries. */
    static WarmJob readWholeJob(JsonObject in) {
        return new WarmJob(
                in.text("id"),
                namespace(in),
                readKeysOrTop(in),
                in.text("requested-by"),
                in.instant("at"));
    }

    private static Selection readKeysOrTop(JsonObject in) {
        return in.has("keys")
                ? new Selection.Keys(in.list("keys", EntryKey::new))
                : in.counted("top", n -> new Selection.Top(Math.toIntExact(n)));
    }

    static void writeProgress(WarmProgress progress, JsonWriter out) {
        out.put("id", progress.id())
                .put("part", progress.part())
                .put("parts", progress.parts())
                .put("namespace", progress.namespace().value())
                .put("requested-by", progress.requestedBy())
                .put("state", progress.state())
                .put("total", progress.tally().total())
                .put("loaded", progress.tally().loaded())
                .put("present", progress.tally().present())
                .put("absent", progress.tally().absent())
                .put("failed", progress.tally().failed())
                .put("held-out", progress.tally().heldOut())
                .put("at", progress.at());
    }

    static WarmProgress readProgress(JsonObject in) {
        return new WarmProgress(
                in.text("id"),
                in.counted("part", Math::toIntExact),
                in.counted("parts", Math::toIntExact),
                namespace(in),
                in.text("requested-by"),
                in.oneOf("state", WarmProgress.State.class),
                readTally(in, in.number("held-out")),
                in.instant("at"));
    }

    /** Schema 1: no parts, nothing held out, nobody named. */
    static WarmProgress readWholeProgress(JsonObject in) {
        return new WarmProgress(
                in.text("id"),
                0,
                0,
                namespace(in),
                "",
                in.oneOf("state", WarmProgress.State.class),
                readTally(in, 0),
                in.instant("at"));
    }

    private static WarmProgress.Tally readTally(JsonObject in, long heldOut) {
        return new WarmProgress.Tally(
                in.number("total"),
                in.number("loaded"),
                in.number("present"),
                in.number("absent"),
                in.number("failed"),
                heldOut);
    }

    static void writeCancel(WarmCancel cancel, JsonWriter out) {
        out.put("id", cancel.id()).put("by", cancel.by()).put("at", cancel.at());
    }

    static WarmCancel readCancel(JsonObject in) {
        return new WarmCancel(in.text("id"), in.text("by"), in.instant("at"));
    }

    private static Namespace namespace(JsonObject in) {
        return in.parsed("namespace", Namespace::new);
    }
}
