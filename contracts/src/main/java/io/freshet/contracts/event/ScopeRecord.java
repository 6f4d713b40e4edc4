package io.freshet.contracts.event;

import io.freshet.contracts.position.Stamp;

/**
 * A record of the compacted topic {@code freshet.scopes}: what a node restores at its start.
 *
 * <p>Records of topic partition p speak of log partition p.
 */
public sealed interface ScopeRecord {

    /**
     * The last positions at which a scope was invalidated.
     *
     * @param scope one by {@link Target#isScope}
     * @param hard last hard invalidation, or {@link Stamp#ZERO}
     * @param soft last soft invalidation, or {@link Stamp#ZERO}
     */
    record Position(Target scope, Stamp hard, Stamp soft) implements ScopeRecord {

        public Position {
            if (!scope.isScope()) {
                throw new IllegalArgumentException("not a scope: " + scope);
            }
        }
    }

    /** Every scope event at or below {@code through} stands before this record. */
    record Progress(Stamp through) implements ScopeRecord {}

    /** What compaction keeps the last one of. */
    default String recordKey() {
        return switch (this) {
            case Progress _ -> "progress";
            case Position(Target.OfNamespace(var namespace), _, _) -> "namespace/" + namespace;
            case Position(Target.OfTag(var namespace, var tag), _, _) ->
                    "tag/" + namespace + "/" + tag;
            case Position(Target.OfPattern(var namespace, var pattern), _, _) ->
                    "pattern/" + namespace + "/" + pattern;
            case Position(Target.OfKey _, _, _), Position(Target.OfKeys _, _, _) ->
                    throw new IllegalStateException("not a scope: " + this);
        };
    }
}
