package io.freshet.cdc.capture;

import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.publish.DeadLetter;
import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.codec.MalformedRecordException.Reason;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of the functions that invalidate from SQL. Anybody may write such a message
 * without them, so what cannot be read is set aside and never stops capture.
 *
 * <p>The content is an invalidation of the public contract. Its target, its mode and the detail of
 * its cause count; the rest is what the log itself says.
 */
final class CallDecoder {

    private static final int LONGEST = 64 * 1024;

    private final String source;

    /**
     * @param source what dead letters call this database
     */
    CallDecoder(String source) {
        this.source = source;
    }

    /**
     * Reads one message.
     *
     * @param transaction id of its transaction; null when it belongs to none
     */
    Captured decode(byte[] content, @Nullable Long transaction, Lsn lsn, Instant writtenAt) {
        try {
            if (transaction == null) {
                throw new MalformedRecordException(
                        Reason.ILLEGAL_VALUE,
                        "the message is not transactional: call a function of the schema freshet");
            }
            if (content.length > LONGEST) {
                throw new MalformedRecordException(
                        Reason.TOO_LARGE,
                        "%d bytes are more than the %d allowed".formatted(content.length, LONGEST));
            }
            return new Captured.Called(transaction.intValue(), writtenAt, callOf(content));
        } catch (MalformedRecordException e) {
            return new Captured.Unreadable(
                    new DeadLetter(
                            e.reason(),
                            String.valueOf(e.getMessage()),
                            content,
                            originOf(transaction, lsn)));
        }
    }

    private static Finding.ByCall callOf(byte[] content) {
        return switch (Codecs.EVENT.decode(content)) {
            case Event.Invalidation(_, var target, var mode, _, var cause, _, _, _) ->
                    new Finding.ByCall(target, mode, cause.detail());
            case Event.Replaced _, Event.Heartbeat _ ->
                    throw new MalformedRecordException(
                            Reason.UNKNOWN_TYPE,
                            "an invalidation is of a key, tag, pattern or namespace");
        };
    }

    private Map<String, String> originOf(@Nullable Long transaction, Lsn lsn) {
        var origin = new LinkedHashMap<String, String>();
        origin.put("source", source);
        origin.put("source-prefix", InvalidationFunctions.PREFIX);
        origin.put("source-lsn", lsn.toString());
        if (transaction != null) {
            origin.put("source-transaction", transaction.toString());
        }
        return origin;
    }
}
