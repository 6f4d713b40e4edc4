package io.freshet.api.deadletter;

import io.freshet.contracts.position.InboxPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that was set aside.
 *
 * @param place in the topic of dead letters
 * @param reason stable code; empty when the record does not say
 * @param message for people
 * @param source where it came from; null when the record does not say
 * @param cutFrom its length when only its beginning is kept; null when all of it is
 * @param value as it came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeadLetter(
        InboxPosition place,
        Instant at,
        String reason,
        String message,
        @Nullable String source,
        @Nullable Long cutFrom,
        byte[] value) {

    /** What it says, for people: what is not UTF-8 is replaced. */
    String text() {
        return new String(value, StandardCharsets.UTF_8);
    }
}
