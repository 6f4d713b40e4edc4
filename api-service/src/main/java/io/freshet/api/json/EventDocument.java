package io.freshet.api.json;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events as callers see them: the members of an object, without the row that one may carry. */
public final class EventDocument {

    private EventDocument() {}

    /** The members of an invalidation. */
    public static void write(Event.Invalidation event, JsonWriter json) {
        target(event.target(), json);
        json.name("mode").value(lower(event.mode()));
        if (event.lsn() != null) {
            json.name("lsn").value(event.lsn().toString());
        }
        if (event.at() != null) {
            json.name("at").value(event.at().toString());
        }
        json.name("cause");
        cause(event.cause(), json);
    }

    /** The members of a replacement. */
    public static void write(Event.Replaced event, JsonWriter json) {
        json.name("namespace").value(event.namespace().value()).name("keys").beginArray();
        event.keys().forEach(key -> json.value(key.value()));
        json.endArray().name("at").value(event.at().toString());
    }

    /** What an event is about: its namespace, and a key, keys, a tag, a pattern or all of it. */
    public static void target(Target target, JsonWriter json) {
        json.name("namespace").value(target.namespace().value());
        switch (target) {
            case Target.OfKey(_, var key) -> json.name("key").value(key.value());
            case Target.OfKeys(_, var keys) -> {
                json.name("keys").beginArray();
                keys.forEach(key -> json.value(key.value()));
                json.endArray();
            }
            case Target.OfTag(_, var tag) -> json.name("tag").value(tag.value());
            case Target.OfPattern(_, var pattern) -> json.name("pattern").value(pattern.value());
            case Target.OfNamespace _ -> json.name("all").value(true);
        }
    }

    /** Who or what asked for it, an object. */
    public static void cause(Cause cause, JsonWriter json) {
        json.beginObject().name("kind").value(lower(cause.kind()));
        text("source", cause.source(), json);
        if (cause.transaction() != null) {
            json.name("transaction").value(cause.transaction());
        }
        text("detail", cause.detail(), json);
        json.endObject();
    }

    private static void text(String name, @Nullable String value, JsonWriter json) {
        if (value != null) {
            json.name(name).value(value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
