package io.freshet.cdc.publish;

import io.freshet.contracts.codec.KeyBytes;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.topic.Partitioning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins invalidations of keys of one partition that differ in nothing else, so that a transaction
 * of very many rows is few records. In which order those of one transaction come does not matter:
 * they are in force behind its commit, all of them. Not thread-safe.
 */
public final class JoinedKeys {

    /** Keys of a record. */
    static final int MOST = 500;

    private record Group(int partition, Event.Invalidation event) {}

    private static final class Open {
        private final Set<EntryKey> keys = new LinkedHashSet<>();
        private int bytes;
    }

    private final Partitioning partitioning;
    private final Map<Group, Open> groups = new LinkedHashMap<>();

    JoinedKeys(Partitioning partitioning) {
        this.partitioning = partitioning;
    }

    /**
     * Takes the next one.
     *
     * @return what is to be sent now: the same, if it is not joined with others; those that it has
     *     no room beside; or nothing
     */
    public List<Event.Invalidation> add(Event.Invalidation event) {
        if (event.row() != null
                || event.id() != null
                || !(event.target() instanceof Target.OfKey(var namespace, var key))) {
            return List.of(event);
        }
        var group =
                new Group(
                        partitioning.partitionOf(namespace, key),
                        event.about(new Target.OfNamespace(namespace)));
        Open open = groups.computeIfAbsent(group, _ -> new Open());
        int bytes = KeyBytes.of(key);
        List<Event.Invalidation> full = List.of();
        if (open.keys.size() == MOST
                || (open.bytes > 0 && open.bytes + bytes > KeyBytes.PER_RECORD)) {
            full = List.of(joined(group, open));
            open.keys.clear();
            open.bytes = 0;
        }
        if (open.keys.add(key)) {
            open.bytes += bytes;
        }
        return full;
    }

    /** What is left to be sent; it is not kept. */
    public List<Event.Invalidation> rest() {
        var rest = new ArrayList<Event.Invalidation>(groups.size());
        groups.forEach((group, open) -> rest.add(joined(group, open)));
        groups.clear();
        return rest;
    }

    private static Event.Invalidation joined(Group group, Open open) {
        var namespace = group.event().target().namespace();
        return group.event()
                .about(
                        open.keys.size() == 1
                                ? new Target.OfKey(namespace, open.keys.iterator().next())
                                : new Target.OfKeys(namespace, List.copyOf(open.keys)));
    }
}
