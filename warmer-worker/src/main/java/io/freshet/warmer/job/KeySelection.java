package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.warmer.popularity.Popularity;
import io.freshet.warmer.worth.HoldOut;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds the keys of a job. Keys that somebody has named are all warmed; of those that are chosen
 * here the held-out ones are left out. Thread-safe.
 */
public final class KeySelection {

    private final Popularity popularity;
    private final WarmQueries queries;

    public KeySelection(Popularity popularity, WarmQueries queries) {
        this.popularity = popularity;
        this.queries = queries;
    }

    /**
     * Blocks while a query runs.
     *
     * @throws IllegalArgumentException when there is no such query
     * @throws io.freshet.engine.source.SourceException when the source does not answer
     */
    Selected select(NamespaceConfig namespace, WarmJob job) {
        return switch (job.selection()) {
            case Selection.Keys(var keys) ->
                    new Selected(List.copyOf(new LinkedHashSet<>(keys)), 0);
            case Selection.Top(int count) ->
                    withoutHeldOut(namespace, popularity.top(namespace.name(), count));
            case Selection.Query(String name) ->
                    withoutHeldOut(namespace, new LinkedHashSet<>(rows(namespace, name)));
            case Selection.Wanted() -> withoutHeldOut(namespace, wanted(namespace));
        };
    }

    private Collection<EntryKey> wanted(NamespaceConfig namespace) {
        int top = namespace.warming().top();
        var keys = new LinkedHashSet<EntryKey>();
        if (top > 0) {
            keys.addAll(popularity.top(namespace.name(), top));
        }
        for (String name : new TreeMap<>(namespace.warming().queries()).keySet()) {
            keys.addAll(rows(namespace, name));
        }
        return keys;
    }

    private List<EntryKey> rows(NamespaceConfig namespace, String name) {
        String sql = namespace.warming().queries().get(name);
        if (sql == null) {
            throw new IllegalArgumentException("there is no query '" + name + "'");
        }
        return queries.keys(namespace, sql);
    }

    private static Selected withoutHeldOut(NamespaceConfig namespace, Collection<EntryKey> keys) {
        HoldOut holdOut = HoldOut.of(namespace);
        List<EntryKey> warmed = keys.stream().filter(key -> !holdOut.holds(key)).toList();
        return new Selected(warmed, keys.size() - warmed.size());
    }
}
