package io.freshet.api.health;

import io.freshet.api.node.Node;
import io.freshet.api.node.Vitals;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WindowState;
import io.freshet.engine.resilience.CircuitState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The node in the probes: up once it has caught up with the log; part of readiness. */
public record NodeHealth(Node node) implements HealthIndicator {

    @Override
    public Health health() {
        return switch (node.state()) {
            case Node.State.Running(_, _, _, _, _, _, var vitals) -> running(vitals);
            case Node.State.Starting(var step) ->
                    Health.outOfService().withDetail("step", step).build();
            case Node.State.Broken(var problem) ->
                    Health.down().withDetail("problem", problem).build();
            case Node.State.Stopped() -> Health.outOfService().build();
        };
    }

    private static Health running(Vitals vitals) {
        Health.Builder health = vitals.isReady() ? Health.up() : Health.outOfService();
        health.withDetail("redis", vitals.isRedisConnected() ? "connected" : "disconnected");
        health.withDetail("redis-circuit", label(vitals.redisCircuit()));
        health.withDetail("sources", labels(vitals.sourceCircuits()));
        health.withDetail("writers", labels(vitals.writerCircuits()));
        health.withDetail("kafka", vitals.kafkaProblem().orElse("connected"));
        health.withDetail("postgres", vitals.postgresProblem().orElse("connected"));
        return health.withDetail("windows", windows(vitals)).build();
    }

    /** An open circuit is no reason either: other namespaces have other sources. */
    private static Map<String, String> labels(Map<Namespace, CircuitState> circuits) {
        Map<String, String> labels = new LinkedHashMap<>();
        circuits.forEach((namespace, state) -> labels.put(namespace.value(), label(state)));
        return labels;
    }

    /** How a circuit is called in documents. */
    static String label(CircuitState state) {
        return switch (state) {
            case CLOSED -> "closed";
            case HALF_OPEN -> "half-open";
            case OPEN -> "open";
        };
    }

    /** An exceeded window is no reason to take the node away: every other one has the same log. */
    private static Map<String, Object> windows(Vitals vitals) {
        Map<String, Object> windows = new LinkedHashMap<>();
        vitals.windows().forEach((namespace, state) -> windows.put(namespace.value(), of(state)));
        return windows;
    }

    private static Map<String, Object> of(WindowState state) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("source", state.source());
        state.age().ifPresent(age -> shown.put("age-ms", age.toMillis()));
        shown.put("window-ms", state.window().toMillis());
        shown.put("exceeded", state.isExceeded());
        return shown;
    }
}
