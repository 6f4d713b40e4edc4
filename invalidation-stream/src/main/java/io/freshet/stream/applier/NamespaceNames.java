package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;
import java.util.Optional;
import java.util.Set;

/** The namespaces that there are. */
@FunctionalInterface
public interface NamespaceNames {

    /** As last read, without waiting; empty until they have been read once. */
    Optional<Set<Namespace>> names();
}
