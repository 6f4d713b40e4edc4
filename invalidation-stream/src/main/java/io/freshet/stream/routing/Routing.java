package io.freshet.stream.routing;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.codec.MalformedRecordException.Reason;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a record of the inbox. Stateless and thread-safe; never throws. */
public final class Routing {

    private final long maxBytes;

    /**
     * @param maxBytes longest value that is read at all
     */
    public Routing(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Reads a record and completes what its producer left out: its place in the inbox becomes its
     * id, the time of the record its {@code at}.
     */
    public Routed route(byte @Nullable [] value, InboxPosition via, Instant recordedAt) {
        if (value == null) {
            return refused(Reason.NOT_JSON, "the record has no value");
        }
        if (value.length > maxBytes) {
            return refused(
                    Reason.TOO_LARGE,
                    "%d bytes are more than the %d allowed".formatted(value.length, maxBytes));
        }
        try {
            Event event = complete(Codecs.EVENT.decode(value), via, recordedAt);
            return new Routed.ToLog(new LogRecord(event, via));
        } catch (MalformedRecordException e) {
            return new Routed.ToDeadLetters(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private static Routed refused(Reason reason, String message) {
        return new Routed.ToDeadLetters(reason.code(), message);
    }

    private static Event complete(Event event, InboxPosition via, Instant recordedAt) {
        return switch (event) {
            case Event.Invalidation(
                            var id,
                            var target,
                            var mode,
                            var lsn,
                            var cause,
                            var at,
                            var row) ->
                    new Event.Invalidation(
                            id == null ? via.toString() : id,
                            target,
                            mode,
                            lsn,
                            cause,
                            at == null ? recordedAt : at,
                            row);
            case Event.Replaced replaced -> replaced;
            case Event.Heartbeat heartbeat -> heartbeat;
        };
    }
}
