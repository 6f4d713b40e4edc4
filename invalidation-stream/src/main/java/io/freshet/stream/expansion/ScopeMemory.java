package io.freshet.stream.expansion;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The last hard and the last soft position of every scope that was ever invalidated.
 *
 * <p>Hard and soft are kept apart: a later soft invalidation must not hide an earlier hard one.
 *
 * <p>Namespaces and tags are looked up. Patterns have to be tried one by one, newest first; only
 * those newer than the registration can matter, so a registration that is up to date tries none.
 * The patterns are therefore also held in memory.
 */
final class ScopeMemory {

    private static final String NAMESPACES = "n";
    private static final String TAGS = "t";
    private static final String PATTERNS = "p";

    private final Rows rows;
    private final Map<Namespace, NavigableMap<Stamp, PatternScope>> patterns = new HashMap<>();

    private record PatternScope(KeyPattern pattern, Killers killers) {}

    ScopeMemory(Rows rows) {
        this.rows = rows;
        rows.scan(
                RowKey.ofParts(PATTERNS, ""),
                null,
                (at, value) -> {
                    String[] parts = at.parts();
                    hold(new Namespace(parts[1]), new KeyPattern(parts[2]), decode(value));
                    return true;
                });
    }

    /**
     * Notes an invalidation.
     *
     * @return what is now known of the scope; positions only rise
     */
    ScopeRecord.Position remember(Target scope, Mode mode, Stamp position) {
        RowKey at = rowOf(scope);
        Killers before = read(at);
        Killers now =
                before.and(
                        switch (mode) {
                            case HARD -> new Killers(position, Stamp.ZERO);
                            case SOFT -> new Killers(Stamp.ZERO, position);
                        });
        rows.put(at, encode(now));
        if (scope instanceof Target.OfPattern(var namespace, var pattern)) {
            patternsOf(namespace).remove(before.last());
            hold(namespace, pattern, now);
        }
        return new ScopeRecord.Position(scope, now.hard(), now.soft());
    }

    /** Of everything that the entry falls under; positions below its stamp may be left out. */
    Killers killersOf(Registration entry) {
        Killers killers = read(RowKey.ofParts(NAMESPACES, entry.namespace().value()));
        for (var tag : entry.tags()) {
            killers =
                    killers.and(read(RowKey.ofParts(TAGS, entry.namespace().value(), tag.value())));
        }
        var newer = patterns.get(entry.namespace());
        if (newer != null) {
            for (var scope : newer.headMap(entry.stamp(), false).values()) {
                if (scope.pattern().matches(entry.key())) {
                    killers = killers.and(scope.killers());
                }
            }
        }
        return killers;
    }

    private void hold(Namespace namespace, KeyPattern pattern, Killers killers) {
        patternsOf(namespace).put(killers.last(), new PatternScope(pattern, killers));
    }

    /** Newest first. A position belongs to one event, so no two patterns share one. */
    private NavigableMap<Stamp, PatternScope> patternsOf(Namespace namespace) {
        return patterns.computeIfAbsent(
                namespace, _ -> new TreeMap<>(Comparator.<Stamp>reverseOrder()));
    }

    private Killers read(RowKey at) {
        byte[] value = rows.get(at);
        return value == null ? Killers.NONE : decode(value);
    }

    private static RowKey rowOf(Target scope) {
        String namespace = scope.namespace().value();
        return switch (scope) {
            case Target.OfNamespace _ -> RowKey.ofParts(NAMESPACES, namespace);
            case Target.OfTag(_, var tag) -> RowKey.ofParts(TAGS, namespace, tag.value());
            case Target.OfPattern(_, var pattern) ->
                    RowKey.ofParts(PATTERNS, namespace, pattern.value());
            case Target.OfKey _, Target.OfKeys _ ->
                    throw new IllegalArgumentException("not a scope: " + scope);
        };
    }

    private static byte[] encode(Killers killers) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(killers.hard().packed())
                .putLong(killers.soft().packed())
                .array();
    }

    private static Killers decode(byte[] value) {
        var in = ByteBuffer.wrap(value);
        return new Killers(new Stamp(in.getLong()), new Stamp(in.getLong()));
    }
}
