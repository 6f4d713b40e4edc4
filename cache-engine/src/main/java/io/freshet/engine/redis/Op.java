package io.freshet.engine.redis;

import java.util.Locale;

/** What is asked of Redis, as metrics name it. */
enum Op {
    READ,
    READ_ALL,
    FILL,
    PUT,
    EVICT,
    APPLY,
    MARKERS,
    INITIALISE,
    LEASE,
    SURVEY,
    QUOTA,
    RELIEVE,
    TOUCH,
    KEYS,
    METADATA,
    STRUCTURE,
    LOOK,
    CLAIM,
    RELEASE,
    LOCK,
    CANARY,
    PING,
    SERVERS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
