package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_TYPE;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Events as JSON; its invalidations are the public contract, {@code invalidation-v1.json}. */
final class EventJson {

    private EventJson() {}

    static void write(Event event, JsonWriter out) {
        switch (event) {
            case Event.Invalidation invalidation -> writeInvalidation(invalidation, out);
            case Event.Replaced replaced -> writeReplaced(replaced, out);
            case Event.Heartbeat(var source, var lsn, var at) ->
                    out.put("type", "heartbeat")
                            .put("source", source)
                            .put("lsn", lsn.toString())
                            .put("at", at);
        }
    }

    static Event read(JsonObject in) {
        String type = in.text("type");
        return switch (type) {
            case "heartbeat" ->
                    new Event.Heartbeat(
                            in.text("source"), in.parsed("lsn", Lsn::parse), in.instant("at"));
            case "replaced" ->
                    new Event.Replaced(
                            namespace(in), replacedKeys(in), in.text("node"), in.instant("at"));
            default -> readInvalidation(readTarget(type, in), in);
        };
    }

    /** A single key stands in {@code key}, several in {@code keys}. */
    private static void writeReplaced(Event.Replaced event, JsonWriter out) {
        out.put("type", "replaced").put("namespace", event.namespace().value());
        if (event.keys().size() == 1) {
            out.put("key", event.keys().getFirst().value());
        } else {
            out.list("keys", event.keys(), EntryKey::value);
        }
        out.put("node", event.node()).put("at", event.at());
    }

    private static List<EntryKey> replacedKeys(JsonObject in) {
        if (!in.has("keys")) {
            return List.of(in.parsed("key", EntryKey::new));
        }
        return keys(in);
    }

    private static List<EntryKey> keys(JsonObject in) {
        List<EntryKey> keys = in.list("keys", EntryKey::new);
        if (keys.isEmpty()) {
            throw in.illegal("keys", "must not be empty");
        }
        return keys;
    }

    static void writeTarget(Target target, JsonWriter out) {
        out.put("type", typeOf(target)).put("namespace", target.namespace().value());
        switch (target) {
            case Target.OfKey(_, var key) -> out.put("key", key.value());
            case Target.OfKeys(_, var keys) -> out.list("keys", keys, EntryKey::value);
            case Target.OfTag(_, var tag) -> out.put("tag", tag.value());
            case Target.OfPattern(_, var pattern) -> out.put("pattern", pattern.value());
            case Target.OfNamespace _ -> {}
        }
    }

    static Target readTarget(String type, JsonObject in) {
        return switch (type) {
            case "key" -> new Target.OfKey(namespace(in), in.parsed("key", EntryKey::new));
            case "keys" -> new Target.OfKeys(namespace(in), keys(in));
            case "tag" -> new Target.OfTag(namespace(in), in.parsed("tag", Tag::new));
            case "pattern" ->
                    new Target.OfPattern(namespace(in), in.parsed("pattern", KeyPattern::new));
            case "namespace" -> new Target.OfNamespace(namespace(in));
            default ->
                    throw new MalformedRecordException(
                            UNKNOWN_TYPE,
                            "unknown type '"
                                    + type
                                    + "': an invalidation is of a key, keys, tag, pattern or namespace");
        };
    }

    private static String typeOf(Target target) {
        return switch (target) {
            case Target.OfKey _ -> "key";
            case Target.OfKeys _ -> "keys";
            case Target.OfTag _ -> "tag";
            case Target.OfPattern _ -> "pattern";
            case Target.OfNamespace _ -> "namespace";
        };
    }

    private static void writeInvalidation(Event.Invalidation event, JsonWriter out) {
        writeTarget(event.target(), out);
        out.put("mode", event.mode());
        if (event.at() != null) {
            out.put("at", event.at());
        }
        if (event.id() != null) {
            out.put("id", event.id());
        }
        if (event.lsn() != null) {
            out.put("lsn", event.lsn().toString());
        }
        out.object("cause", event.cause(), EventJson::writeCause);
        if (event.row() != null) {
            out.object("row", event.row(), EventJson::writeRow);
        }
        if (event.refresh()) {
            out.put("refresh", true);
        }
    }

    private static void writeCause(Cause cause, JsonWriter out) {
        out.put("kind", cause.kind());
        if (cause.source() != null) {
            out.put("source", cause.source());
        }
        if (cause.transaction() != null) {
            out.put("transaction", cause.transaction());
        }
        if (cause.detail() != null) {
            out.put("detail", cause.detail());
        }
    }

    static void writeRow(NewRow row, JsonWriter out) {
        out.put("json", row.json()).list("tags", new TreeSet<>(row.tags()), Tag::value);
    }

    static NewRow readRow(JsonObject in) {
        return new NewRow(in.text("json"), Set.copyOf(in.list("tags", Tag::new)));
    }

    private static Event.Invalidation readInvalidation(Target target, JsonObject in) {
        String id = in.optionalText("id");
        if (id != null && (id.isEmpty() || id.length() > 64)) {
            throw in.illegal("id", "must be 1 to 64 characters");
        }
        Mode mode = in.has("mode") ? in.oneOf("mode", Mode.class) : Mode.HARD;
        Lsn lsn = in.optionalParsed("lsn", Lsn::parse);
        NewRow row = in.has("row") ? in.object("row", EventJson::readRow) : null;
        if (row != null && !Event.Invalidation.mayTellRow(target, mode, lsn)) {
            throw in.illegal("row", "stands only in a hard invalidation of a key, with its lsn");
        }
        return new Event.Invalidation(
                id,
                target,
                mode,
                lsn,
                in.has("cause")
                        ? in.object("cause", EventJson::readCause)
                        : Cause.of(Cause.Kind.KAFKA, null, null),
                in.optionalInstant("at"),
                row,
                in.has("refresh") && in.flag("refresh"));
    }

    private static Cause readCause(JsonObject in) {
        return new Cause(
                in.oneOf("kind", Cause.Kind.class),
                in.optionalText("source"),
                in.optionalNumber("transaction"),
                in.optionalText("detail"));
    }

    private static Namespace namespace(JsonObject in) {
        return in.parsed("namespace", Namespace::new);
    }
}
