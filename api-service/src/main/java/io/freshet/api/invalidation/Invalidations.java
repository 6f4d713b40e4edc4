package io.freshet.api.invalidation;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Principal;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.Cache;
import io.freshet.engine.Receipt;
import java.util.List;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes invalidations, and answers with the tokens that later reads may wait for. */
public final class Invalidations {

    private static final Set<String> PARAMETERS = Set.of("pattern");

    private final Node node;
    private final Catalog catalog;
    private final RequestBody bodies;
    private final BatchLimit limit;
    private final String nodeId;

    public Invalidations(
            Node node, Catalog catalog, RequestBody bodies, BatchLimit limit, String nodeId) {
        this.node = node;
        this.catalog = catalog;
        this.bodies = bodies;
        this.limit = limit;
        this.nodeId = nodeId;
    }

    /** {@code POST /invalidate}. */
    public Mono<ServerResponse> post(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        return bodies.json(request)
                .map(body -> InvalidationRequest.read(body, limit))
                .flatMap(asked -> {
                    Catalog.Served namespace = catalog.find(asked.namespace());
                    return receipts(asked.targets(namespace.name()), asked.mode())
                            .flatMap(receipts -> {
                                namespace.meters().took(Operation.INVALIDATE, start);
                                return answer(receipts);
                            });
                });
    }

    /** {@code DELETE /{namespace}}: what matches the pattern, or everything. */
    public Mono<ServerResponse> delete(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        String pattern = Query.of(request.uri(), PARAMETERS).one("pattern");
        Target target =
                pattern == null
                        ? new Target.OfNamespace(namespace.name())
                        : new Target.OfPattern(namespace.name(), new KeyPattern(pattern));
        return receipts(List.of(target), Mode.HARD)
                .flatMap(receipts -> {
                    namespace.meters().took(Operation.INVALIDATE, start);
                    return flushed(receipts.getFirst());
                });
    }

    private Mono<List<Receipt>> receipts(List<Target> targets, Mode mode) {
        Cache cache = node.running().cache();
        return Principal.current()
                .map(who -> Cause.of(Cause.Kind.REST, nodeId, who.name()))
                .flatMapMany(cause ->
                        Flux.fromIterable(targets)
                                .flatMapSequential(
                                        target -> Outcome.of(cache.invalidate(target, mode, cause)),
                                        targets.size()))
                .collectList();
    }

    private static Mono<ServerResponse> answer(List<Receipt> receipts) {
        List<String> tokens = receipts.stream().map(each -> each.token().toString()).toList();
        boolean enforced = receipts.stream().allMatch(Receipt::enforced);
        return JsonAnswer.with(
                ServerResponse.ok().header(FreshetHeaders.TOKEN, String.join(",", tokens)),
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(true)
                        .name("tokens")
                        .values(tokens)
                        .name("enforced")
                        .value(enforced)
                        .endObject());
    }

    private static Mono<ServerResponse> flushed(Receipt receipt) {
        String token = receipt.token().toString();
        return JsonAnswer.with(
                ServerResponse.ok().header(FreshetHeaders.TOKEN, token),
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(true)
                        .name("token")
                        .value(token)
                        .name("enforced")
                        .value(receipt.enforced())
                        .endObject());
    }
}
