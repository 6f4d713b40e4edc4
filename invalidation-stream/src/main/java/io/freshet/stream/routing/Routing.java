package io.freshet.stream.routing;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.codec.MalformedRecordException.Reason;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a record of the inbox. Stateless and thread-safe; never throws. */
public final class Routing {

    private static final String UNAUTHORISED = "unauthorised";

    private final long maxBytes;
    private final Producers producers;

    /**
     * @param maxBytes longest value that is read at all
     * @param producers who may say what
     */
    public Routing(long maxBytes, Producers producers) {
        this.maxBytes = maxBytes;
        this.producers = producers;
    }

    /** Every reason for which a record is set aside. */
    public static List<String> reasons() {
        return Stream.concat(
                        Arrays.stream(Reason.values()).map(Reason::code), Stream.of(UNAUTHORISED))
                .toList();
    }

    /**
     * Reads a record and completes what its producer left out: its place in the inbox becomes its
     * id, the time of the record its {@code at}.
     */
    public Routed route(
            byte @Nullable [] value, Headers headers, InboxPosition via, Instant recordedAt) {
        if (value == null) {
            return refused(Reason.NOT_JSON, "the record has no value");
        }
        if (value.length > maxBytes) {
            return refused(
                    Reason.TOO_LARGE,
                    "%d bytes are more than the %d allowed".formatted(value.length, maxBytes));
        }
        try {
            Event event = Codecs.EVENT.decode(value);
            return producers
                    .objection(event, value, headers)
                    .<Routed>map(objection -> new Routed.ToDeadLetters(UNAUTHORISED, objection))
                    .orElseGet(() ->
                            new Routed.ToLog(new LogRecord(complete(event, via, recordedAt), via)));
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
                            var row,
                            var refresh) ->
                    new Event.Invalidation(
                            id == null ? via.toString() : id,
                            target,
                            mode,
                            lsn,
                            cause,
                            at == null ? recordedAt : at,
                            row,
                            refresh);
            case Event.Replaced replaced -> replaced;
            case Event.Heartbeat heartbeat -> heartbeat;
        };
    }
}
