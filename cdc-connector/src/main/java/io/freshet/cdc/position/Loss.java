package io.freshet.cdc.position;

import io.freshet.contracts.id.Namespace;
import java.util.Set;

/** Changes that may have been missed: the namespaces that they may concern are untrusted. */
public record Loss(String reason, Set<Namespace> namespaces) {

    public Loss {
        namespaces = Set.copyOf(namespaces);
    }
}
