package io.freshet.api.namespace;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.metrics.HitCounts;
import io.freshet.api.node.Node;
import io.freshet.engine.namespace.NamespaceConfig;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What this node has counted since it started. */
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
        var each = new JsonWriter(1024).beginObject();
        HitCounts total = HitCounts.NONE;
        for (NamespaceConfig config : node.running().namespaces().all()) {
            HitCounts counts = catalog.find(config.name().value()).meters().counts();
            write(counts, each.name(config.name().value()).beginObject()).endObject();
            total = total.and(counts);
        }
        var json = new JsonWriter(1024).beginObject().name("node").value(nodeId);
        return JsonAnswer.ok(
                write(total, json).name("namespaces").raw(each.endObject().toBytes()).endObject());
    }

    /** {@code GET /{namespace}/stats}. */
    public Mono<ServerResponse> ofNamespace(ServerRequest request, ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        var json =
                new JsonWriter()
                        .beginObject()
                        .name("namespace")
                        .value(namespace.name().value())
                        .name("node")
                        .value(nodeId);
        return JsonAnswer.ok(write(namespace.meters().counts(), json).endObject());
    }

    private static JsonWriter write(HitCounts counts, JsonWriter json) {
        return json.name("hits")
                .value(counts.hits())
                .name("misses")
                .value(counts.misses())
                .name("hit_rate")
                .value(counts.hitRate());
    }
}
