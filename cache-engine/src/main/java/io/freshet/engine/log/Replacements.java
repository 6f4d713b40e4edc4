package io.freshet.engine.log;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events of replaced entries that go together, as few as say the same. */
final class Replacements {

    private record Author(Namespace namespace, String node) {}

    private Replacements() {}

    /** One event of each namespace and node, with all their keys. */
    static List<Event.Replaced> together(List<Event.Replaced> events) {
        if (events.size() == 1) {
            return events;
        }
        Map<Author, Set<EntryKey>> keys = new LinkedHashMap<>();
        for (Event.Replaced event : events) {
            keys.computeIfAbsent(
                            new Author(event.namespace(), event.node()), _ -> new LinkedHashSet<>())
                    .addAll(event.keys());
        }
        var last = events.getLast().at();
        List<Event.Replaced> together = new ArrayList<>(keys.size());
        keys.forEach((author, replaced) ->
                together.add(
                        new Event.Replaced(
                                author.namespace(), List.copyOf(replaced), author.node(), last)));
        return together;
    }
}
