package io.freshet.api.entry;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.RequestBody;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemOf;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Cache;
import io.freshet.engine.Lookup;
import io.freshet.engine.NewValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many entries in one request. The whole body is judged before anything is done; after that each
 * entry is on its own, and the answer says which failed.
 */
public final class Batches {

    private final Node node;
    private final Catalog catalog;
    private final RequestBody bodies;
    private final BatchLimit limit;

    public Batches(Node node, Catalog catalog, RequestBody bodies, BatchLimit limit) {
        this.node = node;
        this.catalog = catalog;
        this.bodies = bodies;
        this.limit = limit;
    }

    /** Reads many keys. */
    public Mono<ServerResponse> get(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        return bodies.json(request)
                .map(body -> BatchBodies.keys(body, limit))
                .flatMap(keys -> lookups(namespace, keys))
                .flatMap(lookups -> {
                    lookups.forEach(each -> namespace.meters().found(each.of()));
                    namespace.meters().took(Operation.MGET, start);
                    return JsonAnswer.ok(BatchDocuments.found(lookups));
                });
    }

    /** Stores many values. */
    public Mono<ServerResponse> put(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        return bodies.json(request)
                .map(body -> BatchBodies.entries(body, limit))
                .flatMap(values -> problems(namespace, values))
                .flatMap(problems -> {
                    namespace.meters().took(Operation.MSET, start);
                    return JsonAnswer.ok(BatchDocuments.stored(problems));
                });
    }

    private Mono<List<OfKey<Lookup>>> lookups(Catalog.Served namespace, Set<EntryKey> keys) {
        List<EntryKey> inOrder = List.copyOf(keys);
        return Outcome.of(node.running().cache().getAll(namespace.config(), inOrder))
                .map(lookups ->
                        IntStream.range(0, inOrder.size())
                                .mapToObj(i -> new OfKey<>(inOrder.get(i), lookups.get(i)))
                                .toList());
    }

    private Mono<List<OfKey<Optional<Problem>>>> problems(
            Catalog.Served namespace, List<OfKey<NewValue>> values) {
        values.forEach(value -> ValueSize.require(namespace.config(), value.of()));
        Cache cache = node.running().cache();
        return each(
                values,
                value ->
                        Outcome.of(cache.put(namespace.config(), value.key(), value.of()))
                                .map(PutProblem::of)
                                .onErrorResume(Batches::expected)
                                .map(problem -> new OfKey<>(value.key(), problem)));
    }

    private static Mono<Optional<Problem>> expected(Throwable failure) {
        Problem problem = ProblemOf.failure(failure);
        return problem.code() == ProblemCode.INTERNAL
                ? Mono.error(failure)
                : Mono.just(Optional.of(problem));
    }

    private static <T, R> Mono<List<R>> each(Collection<T> items, Function<T, Mono<R>> call) {
        return Flux.fromIterable(items)
                .flatMapSequential(call, Math.max(1, items.size()))
                .collectList();
    }
}
