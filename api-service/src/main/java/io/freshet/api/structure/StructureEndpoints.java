package io.freshet.api.structure;

import io.freshet.api.entry.ReadRequest;
import io.freshet.api.entry.Unanswerable;
import io.freshet.api.http.ApiPath;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.Endpoint;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.metrics.Operation;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Found;
import io.freshet.engine.structure.Question;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lists, sets, hashes and counters: GET looks, POST changes. */
public final class StructureEndpoints {

    private final Node node;
    private final Catalog catalog;
    private final RequestBody bodies;
    private final BatchLimit batch;
    private final InstantSource clock;

    public StructureEndpoints(
            Node node, Catalog catalog, RequestBody bodies, BatchLimit batch, InstantSource clock) {
        this.node = node;
        this.catalog = catalog;
        this.bodies = bodies;
        this.batch = batch;
        this.clock = clock;
    }

    /** GET of a kind of structure. */
    public Endpoint asking(QuestionRequest.Reader reader) {
        return (request, path) -> ask(request, path, reader);
    }

    /** POST of a kind of structure. */
    public Endpoint changing(ChangeRequest.Reader reader) {
        return (request, path) -> change(request, path, reader);
    }

    private Mono<ServerResponse> ask(
            ServerRequest request, ApiPath path, QuestionRequest.Reader reader) {
        long start = System.nanoTime();
        Catalog.Served namespace = withoutSource(path);
        EntryKey key = path.key();
        Question question = reader.read(request.uri(), limits(namespace));
        ReadOptions options = ReadRequest.options(request.headers().asHttpHeaders());
        return Outcome.of(
                        node.running().structures().ask(namespace.config(), key, question, options))
                .flatMap(found -> {
                    namespace.meters().took(Operation.GET, start);
                    return switch (found) {
                        case Found.Part part ->
                                JsonAnswer.ok(
                                        StructureDocuments.found(question, part, clock.millis()));
                        case Found.Nothing() ->
                                throw new ProblemException(
                                        ProblemCode.KEY_NOT_FOUND,
                                        "nothing is stored under this key: POST begins it");
                        case Found.WrongKind(var kind) -> throw wrongKind(kind);
                        case Found.Unavailable(var reason) ->
                                throw Unanswerable.because(reason, null).toException();
                    };
                });
    }

    private Mono<ServerResponse> change(
            ServerRequest request, ApiPath path, ChangeRequest.Reader reader) {
        long start = System.nanoTime();
        Catalog.Served namespace = withoutSource(path);
        EntryKey key = path.key();
        Query.of(request.uri(), Set.of());
        return bodies.json(request)
                .map(body -> reader.read(body, limits(namespace)))
                .flatMap(asked ->
                        Outcome.of(
                                        node.running()
                                                .structures()
                                                .change(
                                                        namespace.config(),
                                                        key,
                                                        asked.change(),
                                                        asked.lifetime()))
                                .flatMap(changed -> {
                                    namespace.meters().took(Operation.PUT, start);
                                    return JsonAnswer.ok(
                                            StructureDocuments.changed(
                                                    asked.change(), done(changed)));
                                }));
    }

    private Catalog.Served withoutSource(ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        if (namespace.config().source() != null) {
            throw new ProblemException(
                    ProblemCode.HAS_SOURCE,
                    "lists, sets, hashes and counters are for namespaces without a source");
        }
        return namespace;
    }

    private ElementLimits limits(Catalog.Served namespace) {
        return new ElementLimits(batch, namespace.config().maxValueBytes());
    }

    private static Changed.Done done(Changed changed) {
        return switch (changed) {
            case Changed.Done done -> done;
            case Changed.WrongKind(var kind) -> throw wrongKind(kind);
            case Changed.NoNumber() ->
                    throw new ProblemException(
                            ProblemCode.WRONG_KIND,
                            "what is there is no whole number, or would not be one of 64 bits");
            case Changed.Full() ->
                    throw new ProblemException(
                            ProblemCode.STORAGE_FULL,
                            "there is no room, and the policy of the namespace lets no entry go:"
                                    + " delete some, or widen its bounds");
            case Changed.Unavailable(var reason) ->
                    throw Unanswerable.because(reason, "it may have been done, or not: look")
                            .toException();
        };
    }

    private static ProblemException wrongKind(Kind kind) {
        return kind.isStructure()
                ? Unanswerable.because(
                                Lookup.Reason.WRONG_KIND,
                                Lookup.Unavailable.ofStructure(kind).detail())
                        .toException()
                : new ProblemException(
                        ProblemCode.WRONG_KIND, "the key holds a value: DELETE it before");
    }
}
