package io.freshet.stream.routing;

import io.freshet.contracts.event.LogRecord;

/** What became of a record of the inbox. */
public sealed interface Routed {

    /** It enters the log. */
    record ToLog(LogRecord record) implements Routed {}

    /**
     * It is set aside as it came.
     *
     * @param reason stable code
     * @param message for people: which field breaks which rule
     */
    record ToDeadLetters(String reason, String message) implements Routed {}
}
