package io.freshet.api.entry;

import io.freshet.engine.Lookup;

/** Tiers as callers see them. */
final class TierName {

    private TierName() {}

    static String of(Lookup.Tier tier) {
        return switch (tier) {
            case L1 -> "l1";
            case L2 -> "l2";
            case SOURCE -> "source";
            case PENDING -> "pending";
        };
    }
}
