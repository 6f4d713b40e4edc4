package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_TYPE;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;

/** Writes to sources as JSON. */
final class WriteJson {

    private WriteJson() {}

    static void write(SourceWrite write, JsonWriter out) {
        out.put(
                "type",
                switch (write) {
                    case SourceWrite.Put _ -> "put";
                    case SourceWrite.Delete _ -> "delete";
                    case SourceWrite.Settled _ -> "settled";
                });
        out.put("namespace", write.namespace().value())
                .put("key", write.key().value())
                .put("at", write.at());
        switch (write) {
            case SourceWrite.Put(_, _, var json, _) -> out.put("value", json);
            case SourceWrite.Delete _ -> {}
            case SourceWrite.Settled(_, _, var offset, var token, _) ->
                    out.put("offset", offset).put("token", token.toString());
        }
    }

    static SourceWrite read(JsonObject in) {
        var namespace = in.parsed("namespace", Namespace::new);
        var key = in.parsed("key", EntryKey::new);
        var at = in.instant("at");
        String type = in.text("type");
        return switch (type) {
            case "put" -> new SourceWrite.Put(namespace, key, in.text("value"), at);
            case "delete" -> new SourceWrite.Delete(namespace, key, at);
            case "settled" ->
                    new SourceWrite.Settled(
                            namespace,
                            key,
                            in.number("offset"),
                            in.parsed("token", InboxPosition::parse),
                            at);
            default ->
                    throw new MalformedRecordException(UNKNOWN_TYPE, "unknown type '" + type + "'");
        };
    }
}
