package io.freshet.engine.freshness;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last positions of the scopes of one log partition: namespaces, tags, live patterns. Kept
 * whatever the floor for keys is.
 *
 * <p>Bounded: tags overflow into their own floor, below which tagged entries are stale outright; a
 * pattern too many is turned into an invalidation of its namespace at the same position. Both err
 * towards stale. One writer, many readers.
 */
final class ScopeMemory {

    private record LivePattern(KeyPattern pattern, Invalidated at) {}

    private final int maxPatterns;
    private final BoundedMemory tags;
    private final Map<Namespace, Invalidated> namespaces = new ConcurrentHashMap<>();
    private final Map<Namespace, List<LivePattern>> patterns = new ConcurrentHashMap<>();

    /**
     * @param maxTags tags remembered at most
     * @param maxPatterns live patterns of one namespace at most
     */
    ScopeMemory(int maxTags, int maxPatterns) {
        this.maxPatterns = maxPatterns;
        this.tags = new BoundedMemory(maxTags, Stamp.ZERO);
    }

    /** Remembers an invalidation of a scope. */
    void record(Target scope, Stamp position, Mode mode) {
        switch (scope) {
            case Target.OfNamespace(var namespace) ->
                    namespaces.merge(namespace, Invalidated.at(position, mode), Invalidated::and);
            case Target.OfTag(var namespace, var tag) ->
                    tags.record(KeyHash.of(namespace, tag), position, mode);
            case Target.OfPattern(var namespace, var pattern) ->
                    patterns.put(
                            namespace,
                            withPattern(
                                    namespace,
                                    new LivePattern(pattern, Invalidated.at(position, mode))));
            case Target.OfKey _, Target.OfKeys _ ->
                    throw new IllegalArgumentException("not a scope: " + scope);
        }
    }

    /** The last invalidation of any scope, tags apart, that the key falls under. */
    Invalidated find(Namespace namespace, EntryKey key) {
        Invalidated found = namespaces.getOrDefault(namespace, Invalidated.NEVER);
        for (LivePattern live : patterns.getOrDefault(namespace, List.of())) {
            if (live.pattern.matches(key)) {
                found = found.and(live.at);
            }
        }
        return found;
    }

    /** The last invalidation of any of the tags; hard at the tags' floor if that is higher. */
    Invalidated find(Namespace namespace, Set<Tag> tagged) {
        if (tagged.isEmpty()) {
            return Invalidated.NEVER;
        }
        BoundedMemory.View view = tags.view();
        var found = new Invalidated(view.floor().packed(), 0);
        for (Tag tag : tagged) {
            found = found.and(view.find(KeyHash.of(namespace, tag)));
        }
        return found;
    }

    /** What is remembered of each scope that such an entry falls under. */
    List<Clue> clues(Namespace namespace, EntryKey key, Set<Tag> tagged) {
        var clues = new ArrayList<Clue>();
        clues.add(
                Clue.of(
                        new Target.OfNamespace(namespace),
                        namespaces.getOrDefault(namespace, Invalidated.NEVER)));
        for (LivePattern live : patterns.getOrDefault(namespace, List.of())) {
            if (live.pattern.matches(key)) {
                clues.add(Clue.of(new Target.OfPattern(namespace, live.pattern), live.at));
            }
        }
        BoundedMemory.View view = tags.view();
        for (Tag tag : tagged) {
            Invalidated at =
                    view.find(KeyHash.of(namespace, tag))
                            .and(new Invalidated(view.floor().packed(), 0));
            clues.add(Clue.of(new Target.OfTag(namespace, tag), at));
        }
        clues.removeIf(Clue::isNone);
        return clues;
    }

    private List<LivePattern> withPattern(Namespace namespace, LivePattern added) {
        var live = new ArrayList<LivePattern>();
        for (LivePattern other : patterns.getOrDefault(namespace, List.of())) {
            if (other.pattern.equals(added.pattern)) {
                added = new LivePattern(added.pattern, added.at.and(other.at));
            } else {
                live.add(other);
            }
        }
        live.add(added);
        if (live.size() > maxPatterns) {
            namespaces.merge(namespace, live.removeFirst().at, Invalidated::and);
        }
        return List.copyOf(live);
    }
}
