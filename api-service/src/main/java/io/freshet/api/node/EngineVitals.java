package io.freshet.api.node;

import io.freshet.engine.CacheEngine;
import io.freshet.engine.namespace.JdbcNamespaces;
import java.util.Optional;

/** The vitals that the engine and its catalog tell of. */
record EngineVitals(CacheEngine engine, JdbcNamespaces namespaces) implements Vitals {

    @Override
    public boolean isReady() {
        return engine.isReady();
    }

    @Override
    public boolean isRedisConnected() {
        return engine.redis().isConnected();
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
