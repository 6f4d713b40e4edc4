package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.util.Collection;
import java.util.Optional;

/** The namespaces that there are now. Thread-safe; reads are from memory. */
public interface Namespaces {

    Optional<NamespaceConfig> find(Namespace name);

    Collection<NamespaceConfig> all();
}
