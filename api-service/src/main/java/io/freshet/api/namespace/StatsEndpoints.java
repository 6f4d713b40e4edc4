package io.freshet.api.namespace;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.metrics.HitCounts;
import io.freshet.api.node.Node;
import java.util.List;
import java.util.Objects;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What this node has counted since it started, and what Redis holds. */
public final class StatsEndpoints {

    private final Node node;
    private final Catalog catalog;
    private final String nodeId;

    public StatsEndpoints(Node node, Catalog catalog, String nodeId) {
        this.node = node;
        this.catalog = catalog;
        this.nodeId = nodeId;
    }

    /** {@code GET /stats}: of all namespaces together, and of each. */
    public Mono<ServerResponse> ofNode(ServerRequest request, ApiPath path) {
        return Flux.fromIterable(node.running().namespaces().all())
                .map(config -> catalog.find(config.name().value()))
                .flatMapSequential(this::stats)
                .collectList()
                .flatMap(all -> JsonAnswer.ok(ofAll(all)));
    }

    /** {@code GET /{namespace}/stats}. */
    public Mono<ServerResponse> ofNamespace(ServerRequest request, ApiPath path) {
        return stats(catalog.find(path.namespace()))
                .flatMap(stats ->
                        JsonAnswer.ok(
                                stats.write(
                                                new JsonWriter()
                                                        .beginObject()
                                                        .name("namespace")
                                                        .value(nameOf(stats))
                                                        .name("node")
                                                        .value(nodeId))
                                        .endObject()));
    }

    /** Without what Redis holds while it does not answer. */
    private Mono<Stats> stats(Catalog.Served namespace) {
        HitCounts counts = namespace.meters().counts();
        return Outcome.of(node.running().inventory().usage(namespace.config()))
                .map(usage -> new Stats(namespace.name(), counts, usage))
                .onErrorReturn(new Stats(namespace.name(), counts, null));
    }

    private static String nameOf(Stats stats) {
        return Objects.requireNonNull(stats.namespace()).value();
    }

    private JsonWriter ofAll(List<Stats> all) {
        var each = new JsonWriter(1024).beginObject();
        all.forEach(stats -> stats.write(each.name(nameOf(stats)).beginObject()).endObject());
        var json = new JsonWriter(1024).beginObject().name("node").value(nodeId);
        return Stats.together(all)
                .write(json)
                .name("namespaces")
                .raw(each.endObject().toBytes())
                .endObject();
    }
}
