package io.freshet.api.namespace;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.namespace.NamespaceDocument;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the namespaces as they are in force on this node. */
public final class NamespaceEndpoints {

    private final Node node;
    private final Catalog catalog;

    public NamespaceEndpoints(Node node, Catalog catalog) {
        this.node = node;
        this.catalog = catalog;
    }

    /** {@code GET /namespaces}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        var json = new JsonWriter(1024).beginObject().name("namespaces").beginArray();
        node.running()
                .namespaces()
                .all()
                .forEach(config -> json.raw(NamespaceDocument.write(config)));
        return JsonAnswer.ok(json.endArray().endObject());
    }

    /** {@code GET /namespaces/{namespace}}. */
    public Mono<ServerResponse> show(ServerRequest request, ApiPath path) {
        String name = path.decoded(1, ProblemCode.ILLEGAL_NAMESPACE);
        return JsonAnswer.ok(
                new JsonWriter().raw(NamespaceDocument.write(catalog.find(name).config())));
    }
}
