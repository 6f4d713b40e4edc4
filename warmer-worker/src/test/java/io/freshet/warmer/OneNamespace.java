package io.freshet.warmer;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import java.util.Collection;
import java.util.Optional;

/** At most one namespace, held in memory. */
public final class OneNamespace implements Namespaces {

    private volatile Optional<NamespaceConfig> config;

    public OneNamespace(NamespaceConfig config) {
        this.config = Optional.of(config);
    }

    public void is(NamespaceConfig config) {
        this.config = Optional.of(config);
    }

    public void none() {
        config = Optional.empty();
    }

    @Override
    public Optional<NamespaceConfig> find(Namespace name) {
        return config.filter(known -> known.name().equals(name));
    }

    @Override
    public Collection<NamespaceConfig> all() {
        return config.stream().toList();
    }
}
