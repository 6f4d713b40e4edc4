package io.freshet.engine.namespace;

/** Which entry goes first when a namespace is at its bounds. */
public enum EvictionPolicy {
    /** The one that was not read for the longest time. */
    LRU,
    /** The one that is read least often; old reads count less. */
    LFU,
    /** The one that expires soonest. */
    TTL,
    /** None: what does not fit is refused. */
    NONE
}
