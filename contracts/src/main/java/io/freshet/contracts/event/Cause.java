package io.freshet.contracts.event;

import org.jspecify.annotations.Nullable;

/**
 * Who or what asked for an invalidation.
 *
 * @param kind by which way it came in
 * @param source the database or node it came from, if known
 * @param transaction the database transaction's id, if one caused it
 * @param detail the rule, principal or reason, for people
 */
public record Cause(
        Kind kind, @Nullable String source, @Nullable Long transaction, @Nullable String detail) {

    /** The ways in. */
    public enum Kind {
        /** A committed row change that a rule matched. */
        CDC,
        /** A request to an api-service. */
        REST,
        /** A call of a function of the schema {@code freshet}. */
        SQL,
        /** A record produced by somebody else's Kafka producer. */
        KAFKA,
        /** A loss was detected: everything that it may have hidden is untrusted. */
        BARRIER
    }

    public static Cause of(Kind kind, @Nullable String source, @Nullable String detail) {
        return new Cause(kind, source, null, detail);
    }
}
