package io.freshet.engine.read;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;

/** Where a read may find a value, and who judges it there. */
record Tiers(
        LogView view,
        NearTier near,
        EntryStore store,
        Coalescer loads,
        Judge judge,
        Ageing ageing,
        Window window,
        LoadObserver observer) {}
