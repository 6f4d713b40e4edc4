package io.freshet.engine;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.near.NearCache;
import io.freshet.engine.store.EntryStore;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Why keys are answered as they are: what the tiers hold, and what the node knows. */
record Explanations(
        EntryStore store,
        NearCache near,
        LogView view,
        Function<NamespaceConfig, WindowState> windows) {

    /** Fails when the store does not answer. */
    CompletionStage<Explanation> of(NamespaceConfig namespace, EntryKey key) {
        Namespace name = namespace.name();
        return store.read(name, key)
                .thenApply(found -> {
                    Entry entry = found.entry();
                    Entry copy = near.peek(name, key);
                    Entry known = entry == null ? copy : entry;
                    var tags = known == null ? Set.<Tag>of() : known.header().tags();
                    return new Explanation(
                            copy == null
                                    ? null
                                    : new Explanation.Held(
                                            copy.header(),
                                            view.judgeNear(name, key, copy.header())),
                            entry == null
                                    ? null
                                    : new Explanation.Held(
                                            entry.header(),
                                            view.judgeStored(
                                                    name, key, entry.header(), found.marker())),
                            found.marker(),
                            view.evidence(name, key, tags),
                            windows.apply(namespace));
                });
    }
}
