package io.freshet.infra.bench.eviction;

/** A cache that a trace is replayed on. For one thread. */
interface ReplayedCache {

    /** Asks for a key, stores a value if there is none, and says whether there was one. */
    boolean access(int key);
}
