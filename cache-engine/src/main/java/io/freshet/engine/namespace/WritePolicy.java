package io.freshet.engine.namespace;

/** What a PUT does in a namespace with a source. */
public enum WritePolicy {
    /** It brings what the caller has loaded; the source is not written. */
    CACHE_ASIDE,
    /** It writes the source, then the cache; it is answered when both are done. */
    WRITE_THROUGH,
    /** It is answered when it is durable in Kafka; the source is written after that. */
    WRITE_BEHIND
}
