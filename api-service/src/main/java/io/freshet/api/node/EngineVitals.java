package io.freshet.api.node;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.Explanation;
import io.freshet.engine.WindowState;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.resilience.CircuitState;
import io.freshet.engine.source.Sources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The vitals that the engine and its catalog tell of. */
record EngineVitals(CacheEngine engine, JdbcNamespaces namespaces, Sources sources)
        implements Vitals {

    @Override
    public boolean isReady() {
        return engine.isReady();
    }

    @Override
    public boolean isRedisConnected() {
        return engine.redis().isConnected();
    }

    @Override
    public CircuitState redisCircuit() {
        return engine.redis().circuit();
    }

    @Override
    public Map<Namespace, CircuitState> sourceCircuits() {
        return sources.circuits();
    }

    @Override
    public Map<Namespace, CircuitState> writerCircuits() {
        return sources.writerCircuits();
    }

    @Override
    public CompletionStage<Explanation> explain(NamespaceConfig namespace, EntryKey key) {
        return engine.explain(namespace, key);
    }

    @Override
    public Map<Namespace, WindowState> windows() {
        Map<Namespace, WindowState> windows = new LinkedHashMap<>();
        namespaces.all().forEach(config -> windows.put(config.name(), engine.window(config)));
        return windows;
    }

    @Override
    public Optional<String> kafkaProblem() {
        return engine.problem();
    }

    @Override
    public Optional<String> postgresProblem() {
        return namespaces.problem();
    }
}
