package io.freshet.api.consistency;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.node.Node;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.Comparator;
import java.util.List;
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
        List<Namespace> namespaces =
                node.running().namespaces().all().stream()
                        .map(NamespaceConfig::name)
                        .sorted(Comparator.comparing(Namespace::value))
                        .toList();
        return JsonAnswer.ok(ConsistencyDocument.of(board.of(namespaces)));
    }
}
