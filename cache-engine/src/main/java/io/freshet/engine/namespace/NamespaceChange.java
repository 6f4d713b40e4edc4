package io.freshet.engine.namespace;

/** What became of one namespace between two readings of the catalog. */
public sealed interface NamespaceChange {

    /** There is a new one. */
    record Added(NamespaceConfig now) implements NamespaceChange {}

    /** It behaves differently now. */
    record Changed(NamespaceConfig before, NamespaceConfig now) implements NamespaceChange {}

    /** It is gone. */
    record Removed(NamespaceConfig before) implements NamespaceChange {}
}
