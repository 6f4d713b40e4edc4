package io.freshet.api.health;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Node;
import io.freshet.api.node.Vitals;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WindowState;
import io.freshet.engine.resilience.CircuitState;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Tells how the node is. */
public final class HealthEndpoints {

    private final Node node;

    public HealthEndpoints(Node node) {
        this.node = node;
    }

    /** {@code GET /health}, without a token: that the process is alive, and nothing else. */
    public Mono<ServerResponse> alive(ServerRequest request) {
        return JsonAnswer.ok(
                new JsonWriter().beginObject().name("status").value("healthy").endObject());
    }

    /** {@code GET /api/v1/cache/health}: 503 while requests cannot be answered. */
    public Mono<ServerResponse> detailed(ServerRequest request, ApiPath path) {
        return switch (node.state()) {
            case Node.State.Running(_, _, _, _, _, _, var vitals) when vitals.isReady() ->
                    running(vitals);
            case Node.State.Running(_, _, _, _, _, _, var vitals) ->
                    notReady("catching up with the log", vitals.kafkaProblem().orElse(""));
            case Node.State.Starting(var step) -> notReady("starting", step);
            case Node.State.Broken(var problem) -> notReady("broken", problem);
            case Node.State.Stopped() -> notReady("stopping", "");
        };
    }

    private static Mono<ServerResponse> running(Vitals vitals) {
        boolean kafka = vitals.kafkaProblem().isEmpty();
        boolean postgres = vitals.postgresProblem().isEmpty();
        boolean asked =
                vitals.redisCircuit() != CircuitState.OPEN
                        && !vitals.sourceCircuits().containsValue(CircuitState.OPEN)
                        && !vitals.writerCircuits().containsValue(CircuitState.OPEN);
        boolean all = vitals.isRedisConnected() && kafka && postgres && asked;
        var json =
                new JsonWriter()
                        .beginObject()
                        .name("status")
                        .value(all ? "healthy" : "degraded")
                        .name("redis")
                        .value(connected(vitals.isRedisConnected()))
                        .name("kafka")
                        .value(connected(kafka))
                        .name("postgres")
                        .value(connected(postgres));
        json.name("redis_circuit").value(NodeHealth.label(vitals.redisCircuit()));
        circuits(json.name("sources"), vitals.sourceCircuits());
        circuits(json.name("writers"), vitals.writerCircuits());
        windows(json.name("windows"), vitals.windows());
        return JsonAnswer.ok(memory(json).endObject());
    }

    private static void circuits(JsonWriter json, Map<Namespace, CircuitState> circuits) {
        json.beginObject();
        circuits.forEach(
                (namespace, state) -> json.name(namespace.value()).value(NodeHealth.label(state)));
        json.endObject();
    }

    private static void windows(JsonWriter json, Map<Namespace, WindowState> windows) {
        json.beginObject();
        windows.forEach((namespace, state) -> {
            json.name(namespace.value()).beginObject().name("source").value(state.source());
            state.age().ifPresent(age -> json.name("age_ms").value(age.toMillis()));
            json.name("max_ms")
                    .value(state.window().toMillis())
                    .name("exceeded")
                    .value(state.isExceeded())
                    .endObject();
        });
        json.endObject();
    }

    private static Mono<ServerResponse> notReady(String status, String detail) {
        var json = new JsonWriter().beginObject().name("status").value(status);
        if (!detail.isEmpty()) {
            json.name("detail").value(detail);
        }
        return JsonAnswer.of(HttpStatus.SERVICE_UNAVAILABLE, memory(json).endObject());
    }

    /** The heap of this process; that of Redis is not known here. */
    private static JsonWriter memory(JsonWriter json) {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return json.name("memory_usage").value(used * 100 / runtime.maxMemory() + "%");
    }

    private static String connected(boolean is) {
        return is ? "connected" : "disconnected";
    }
}
