package io.freshet.api.metrics;

/** What callers do; the tag {@code op} of {@code cache_latency_seconds}. */
public enum Operation {
    GET,
    PUT,
    DELETE,
    MGET,
    MSET,
    INVALIDATE
}
