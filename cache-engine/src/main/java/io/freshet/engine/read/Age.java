package io.freshet.engine.read;

/** What the times of an entry allow; they say nothing of invalidations. */
enum Age {
    /** Its TTL is not over. */
    YOUNG,
    /** Its TTL is not over, and it is worth loading anew before it is. */
    DUE,
    /** Its TTL is over, and it may be answered, marked stale, while it is loaded anew. */
    STALE,
    /** Its TTL is over, and it may be answered, marked stale, when it cannot be loaded anew. */
    LAST_RESORT,
    /** It may not be answered. */
    GONE;

    /** Whether its TTL is not over. */
    boolean isWithinTtl() {
        return this == YOUNG || this == DUE;
    }
}
