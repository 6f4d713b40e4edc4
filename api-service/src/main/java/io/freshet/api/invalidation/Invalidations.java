package io.freshet.api.invalidation;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Principal;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.http.RequestTrace;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.Cache;
import io.freshet.engine.Inventory;
import io.freshet.engine.Receipt;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes invalidations, and answers with the tokens that later reads may wait for. */
public final class Invalidations {

    private static final Set<String> PARAMETERS = Set.of("pattern", "dry_run");
    private static final int MOST_COUNTED = 10_000;
    private static final Duration COUNTING = Duration.ofSeconds(1);

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
                    if (asked.dryRun()) {
                        return forecast(namespace, asked.targets(namespace.name()));
                    }
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
        Query query = Query.of(request.uri(), PARAMETERS);
        String pattern = query.one("pattern");
        Target target =
                pattern == null
                        ? new Target.OfNamespace(namespace.name())
                        : new Target.OfPattern(namespace.name(), new KeyPattern(pattern));
        if (isDryRun(query.one("dry_run"))) {
            return forecast(namespace, List.of(target));
        }
        return held(namespace.config(), target)
                .flatMap(held ->
                        receipts(List.of(target), Mode.HARD)
                                .flatMap(receipts -> {
                                    namespace.meters().took(Operation.INVALIDATE, start);
                                    return flushed(receipts.getFirst(), held);
                                }));
    }

    private Mono<ServerResponse> forecast(Catalog.Served namespace, List<Target> targets) {
        return new Forecasts(node.running().inventory())
                .of(namespace.config(), targets)
                .flatMap(forecast -> JsonAnswer.ok(forecast.toJson()));
    }

    private static boolean isDryRun(@Nullable String value) {
        return switch (value) {
            case null -> false;
            case "", "true" -> true;
            case "false" -> false;
            default ->
                    throw new ProblemException(
                            ProblemCode.ILLEGAL_VALUE, "dry_run is true or false");
        };
    }

    /** How many entries it is about; empty when there are too many to count, or nobody to ask. */
    private Mono<OptionalLong> held(NamespaceConfig namespace, Target target) {
        Inventory inventory = node.running().inventory();
        Mono<OptionalLong> count =
                target instanceof Target.OfPattern(_, var pattern)
                        ? Outcome.of(inventory.keys(namespace, pattern, null, MOST_COUNTED))
                                .map(page ->
                                        page.next() == null
                                                ? OptionalLong.of(page.keys().size())
                                                : OptionalLong.empty())
                        : Outcome.of(inventory.usage(namespace))
                                .map(usage -> OptionalLong.of(usage.entries()));
        return count.timeout(COUNTING)
                .onErrorReturn(
                        failure -> !(failure instanceof ProblemException), OptionalLong.empty());
    }

    private Mono<List<Receipt>> receipts(List<Target> targets, Mode mode) {
        Cache cache = node.running().cache();
        return Principal.current()
                .map(who -> Cause.of(Cause.Kind.REST, nodeId, who.name()))
                .flatMapMany(cause ->
                        Flux.fromIterable(targets)
                                .flatMapSequential(
                                        target ->
                                                RequestTrace.carriedTo(() ->
                                                        cache.invalidate(target, mode, cause)),
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

    private static Mono<ServerResponse> flushed(Receipt receipt, OptionalLong held) {
        String token = receipt.token().toString();
        var json =
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(true)
                        .name("token")
                        .value(token)
                        .name("enforced")
                        .value(receipt.enforced())
                        .name("deleted_count");
        return JsonAnswer.with(
                ServerResponse.ok().header(FreshetHeaders.TOKEN, token),
                (held.isPresent() ? json.value(held.getAsLong()) : json.nothing()).endObject());
    }
}
