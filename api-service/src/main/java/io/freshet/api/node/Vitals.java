package io.freshet.api.node;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Explanation;
import io.freshet.engine.WindowState;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.resilience.CircuitState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How the parts that a running node needs are doing. Never blocks. */
public interface Vitals {

    /** Whether it has caught up with the log that it saw when it started. */
    boolean isReady();

    boolean isRedisConnected();

    /** Whether Redis is asked, or left alone for a moment. */
    CircuitState redisCircuit();

    /** Likewise the sources of namespaces, those that were asked for yet. */
    Map<Namespace, CircuitState> sourceCircuits();

    /** Likewise writing the sources that can be written. */
    Map<Namespace, CircuitState> writerCircuits();

    /** Why a key is answered as it is; fails when Redis does not answer. */
    CompletionStage<Explanation> explain(NamespaceConfig namespace, EntryKey key);

    /** How current the node is for each namespace. */
    Map<Namespace, WindowState> windows();

    /** Why the log cannot be read; empty when it can. */
    Optional<String> kafkaProblem();

    /** Why the catalog cannot be read; empty when it can. */
    Optional<String> postgresProblem();
}
