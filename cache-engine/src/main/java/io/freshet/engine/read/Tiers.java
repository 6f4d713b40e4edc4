package io.freshet.engine.read;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.store.NearTier;
import io.freshet.engine.store.StoreReads;

/** Where a read may find a value, and who judges it there. */
record Tiers(
        LogView view,
        NearTier near,
        StoreReads store,
        Coalescer loads,
        Judge judge,
        Ageing ageing,
        Window window,
        LoadObserver observer) {

    /** The same, with the store asked in another way. */
    Tiers reading(StoreReads otherwise) {
        return new Tiers(view, near, otherwise, loads, judge, ageing, window, observer);
    }
}
