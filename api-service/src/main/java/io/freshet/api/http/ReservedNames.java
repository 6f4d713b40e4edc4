package io.freshet.api.http;

import java.util.Set;

/** Names in paths that are, or will be, resources of their own. */
public final class ReservedNames {

    /** First segments; no namespace may be called so. */
    public static final Set<String> NAMESPACES =
            Set.of(
                    "audit",
                    "cache-metrics",
                    "classes",
                    "consistency",
                    "console",
                    "dead-letters",
                    "events",
                    "explain",
                    "fan-outs",
                    "health",
                    "invalidate",
                    "invalidations",
                    "jobs",
                    "locks",
                    "metrics",
                    "namespaces",
                    "openapi",
                    "openapi.json",
                    "replay",
                    "stats",
                    "tokens",
                    "verify",
                    "warm-jobs",
                    "warmup");

    /** Second segments: a key called so is reached in batches only. */
    static final Set<String> KEYS = Set.of("keys", "mget", "mset", "stats", "warm");

    private ReservedNames() {}
}
