package io.freshet.contracts.event;

/** How an invalidation is in force. */
public enum Mode {
    /** The entry is gone. */
    HARD,
    /** The entry is stale: it may be served, marked as such, while it is loaded anew. */
    SOFT
}
