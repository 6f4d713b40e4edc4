package io.freshet.warmer.verify;

import io.freshet.contracts.event.Cause.Kind;

/** Why a key is looked at. */
public enum Origin {
    /** A row change invalidated it. */
    ROW,
    /** A request did. */
    REST,
    /** A call of a function of the schema {@code freshet} did. */
    SQL,
    /** A record of another producer did. */
    KAFKA,
    /** A barrier did. */
    BARRIER,
    /** Nothing did: it is in the cache. Only so is a rule found that is missing. */
    CACHE;

    static Origin of(Kind kind) {
        return switch (kind) {
            case CDC -> ROW;
            case REST -> REST;
            case SQL -> SQL;
            case KAFKA -> KAFKA;
            case BARRIER -> BARRIER;
        };
    }
}
