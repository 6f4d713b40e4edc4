package io.freshet.api.consistency;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.node.Node;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.Comparator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Tells how often answers were what the sources said. */
public final class ConsistencyEndpoints {

    private final Node node;
    private final ConsistencyBoard board;

    public ConsistencyEndpoints(Node node, ConsistencyBoard board) {
        this.node = node;
        this.board = board;
    }

    /** {@code GET /consistency}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(
                ConsistencyDocument.of(
                        node.running().namespaces().all().stream()
                                .map(NamespaceConfig::name)
                                .sorted(Comparator.comparing(name -> name.value()))
                                .map(board::of)
                                .toList()));
    }
}
