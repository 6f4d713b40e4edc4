package io.freshet.warmer.job;

import java.util.LinkedHashSet;
import java.util.Set;

/** The last so many ids that were added. Thread-safe. */
final class RecentIds {

    private final int limit;
    private final Set<String> ids = new LinkedHashSet<>();

    RecentIds(int limit) {
        this.limit = limit;
    }

    synchronized void add(String id) {
        if (ids.add(id) && ids.size() > limit) {
            ids.remove(ids.iterator().next());
        }
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }
}
