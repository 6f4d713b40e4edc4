package io.freshet.engine.namespace;

/** What a node does for a namespace whose watermark is older than its {@code maxStaleness}. */
public enum StalePolicy {
    /** Reads the source, past the cache. */
    BYPASS,
    /** Answers from the cache, marked stale. */
    SERVE_STALE,
    /** Refuses. */
    REFUSE
}
