package io.freshet.api.http;

/** Names of our own headers. */
public final class FreshetHeaders {

    /** Asked: wait for the invalidation with this token. */
    public static final String AFTER = "Freshet-After";

    /** Asked: the answer must know of the commit at this LSN. */
    public static final String MIN_LSN = "Freshet-Min-LSN";

    /** Answered: a reader who asks for it as {@link #MIN_LSN} sees the write. */
    public static final String LSN = "Freshet-LSN";

    /** Asked: {@code l2} passes by the memory of the node. */
    public static final String TIER = "Freshet-Tier";

    /** Asked: {@code true} of one who only observes, and is not to be counted. */
    public static final String PROBE = "Freshet-Probe";

    /** Answered by a miss, and asked by the PUT that fills it. */
    public static final String MISS_TOKEN = "Freshet-Miss-Token";

    /** Answered by a miss: for how many milliseconds this caller, alone, is to load the value. */
    public static final String LEASE = "Freshet-Lease";

    /** Answered: tokens of invalidations, separated by commas. */
    public static final String TOKEN = "Freshet-Token";

    /** Answered: the value is served although it is known to be outdated. */
    public static final String STALE = "Freshet-Stale";

    /** Answered: whether memory or Redis had it. */
    public static final String CACHE_HIT = "X-Cache-Hit";

    /** Answered: seconds that are left to it. */
    public static final String CACHE_TTL = "X-Cache-TTL";

    /** Answered: where the answer comes from. */
    public static final String CACHE_TIER = "X-Cache-Tier";

    /** Answered: tags, for caches in front that purge by them. */
    public static final String SURROGATE_KEY = "Surrogate-Key";

    private FreshetHeaders() {}
}
