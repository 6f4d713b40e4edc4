package io.freshet.engine.freshness;

/** What a node concludes of an entry. */
public enum Verdict {
    /** No matching invalidation is later than its stamp. */
    FRESH,
    /** Only soft invalidations are: it may be served, marked stale, while it is loaded anew. */
    SOFT,
    /** A hard one is, or one may have been that is no longer remembered. */
    STALE
}
