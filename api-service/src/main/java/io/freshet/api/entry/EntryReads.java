package io.freshet.api.entry;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.FrontDoor;
import io.freshet.api.http.Outcome;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * GET and HEAD of an entry: the hot path. A hit in memory is answered on the thread that read the
 * request, without waiting, parsing or looking up a meter.
 */
public final class EntryReads implements FrontDoor.Reads {

    private final Node node;
    private final Catalog catalog;
    private final InstantSource clock;

    public EntryReads(Node node, Catalog catalog, InstantSource clock) {
        this.node = node;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        EntryKey key = path.key();
        ReadRequest asked = ReadRequest.of(request);
        Duration wait = asked.leaseWait();
        if (wait != null) {
            return new LeasedRead(node, namespace, key, asked.options(), wait)
                    .find()
                    .flatMap(lookup -> answer(response, namespace.config(), asked, lookup));
        }
        return Outcome.of(node.running().cache().get(namespace.config(), key, asked.options()))
                .flatMap(lookup -> {
                    namespace.meters().found(lookup, asked.options());
                    namespace.meters().took(Operation.GET, start);
                    return answer(response, namespace.config(), asked, lookup);
                });
    }

    private Mono<Void> answer(
            ServerHttpResponse response,
            NamespaceConfig namespace,
            ReadRequest asked,
            Lookup lookup) {
        return switch (lookup) {
            case Lookup.Hit hit -> found(response, namespace, asked, hit);
            case Lookup.Absent absent -> throw notFound(namespace, asked, absent);
            case Lookup.Unavailable(var reason, var detail) ->
                    throw Unanswerable.because(reason, detail).toException();
        };
    }

    private Mono<Void> found(
            ServerHttpResponse response,
            NamespaceConfig namespace,
            ReadRequest asked,
            Lookup.Hit hit) {
        String contentType = hit.entry().header().contentType();
        var document = new HitDocument(hit, asked.representation(contentType), clock.millis());
        HttpHeaders headers = response.getHeaders();
        document.writeHeaders(headers, namespace.maxStaleness());
        if (document.tag().isNamedBy(asked.ifNoneMatch())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        byte[] body = document.body();
        headers.set(HttpHeaders.CONTENT_TYPE, document.contentType());
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static ProblemException notFound(
            NamespaceConfig namespace, ReadRequest asked, Lookup.Absent absent) {
        boolean mayFill = namespace.source() != null && asked.options().onlyIfCached();
        Problem problem =
                Problem.of(ProblemCode.KEY_NOT_FOUND, advice(mayFill, namespace))
                        .with(FreshetHeaders.CACHE_HIT, "false")
                        .with(FreshetHeaders.CACHE_TIER, TierName.of(absent.tier()));
        return (mayFill
                        ? problem.with(FreshetHeaders.MISS_TOKEN, absent.token().toString())
                        : problem)
                .toException();
    }

    private static String advice(boolean mayFill, NamespaceConfig namespace) {
        if (namespace.source() == null) {
            return "nothing is stored under this key: PUT it";
        }
        return mayFill
                ? "not in the cache: load it, and PUT it with this Freshet-Miss-Token"
                : "the source has no such key";
    }
}
