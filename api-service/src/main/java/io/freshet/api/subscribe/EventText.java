package io.freshet.api.subscribe;

import io.freshet.api.json.EventDocument;
import io.freshet.api.json.JsonWriter;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.log.LogPiece;
import io.freshet.engine.log.LogPositions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/** Server-sent events as subscribers get them. The id of each is where to go on. */
final class EventText {

    private EventText() {}

    /**
     * @param loss why records are lost, where they are
     */
    static ServerSentEvent<String> of(LogPiece piece, String loss) {
        return switch (piece) {
            case LogPiece.Told(var after, var place, var record) -> told(after, place, record);
            case LogPiece.Lost(var after, _) -> reset(after, loss);
            case LogPiece.Reached(var after) -> reached(after);
        };
    }

    private static ServerSentEvent<String> told(
            LogPositions after, LogPosition place, LogRecord record) {
        var json = new JsonWriter().beginObject();
        String name =
                switch (record.event()) {
                    case Event.Invalidation invalidation -> {
                        EventDocument.write(invalidation, json);
                        yield "invalidation";
                    }
                    case Event.Replaced replaced -> {
                        EventDocument.write(replaced, json);
                        yield "replaced";
                    }
                    case Event.Heartbeat heartbeat ->
                            throw new IllegalArgumentException("nobody wants " + heartbeat);
                };
        json.name("token").value(record.via().toString());
        json.name("position").value(place.toString()).endObject();
        return event(after, name, json);
    }

    /** A comment that keeps the connection alive, with the place reached. */
    static ServerSentEvent<String> reached(LogPositions now) {
        return ServerSentEvent.<String>builder().id(now.toString()).comment("heartbeat").build();
    }

    /** Something may have been missed: the caller drops the copies that it has. */
    static ServerSentEvent<String> reset(LogPositions now, String reason) {
        return event(now, "reset", reason(reason));
    }

    /** The last event. */
    static ServerSentEvent<String> closed(Subscriber.@Nullable End end) {
        String reason = end == Subscriber.End.TOO_SLOW ? "too-slow" : "stopping";
        return ServerSentEvent.builder(text(reason(reason))).event("closed").build();
    }

    private static JsonWriter reason(String reason) {
        return new JsonWriter().beginObject().name("reason").value(reason).endObject();
    }

    private static ServerSentEvent<String> event(LogPositions after, String name, JsonWriter json) {
        return ServerSentEvent.builder(text(json)).id(after.toString()).event(name).build();
    }

    private static String text(JsonWriter json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }
}
