package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import io.freshet.api.http.ApiPath;
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
import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.Cache;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** PUT and DELETE of an entry. */
public final class EntryWrites {

    private static final int MAX_CONTENT_TYPE_BYTES = 255;
    private static final Set<String> RAW_PARAMETERS = Set.of("ttl", "tag");

    private final Node node;
    private final Catalog catalog;
    private final RequestBody bodies;
    private final String nodeId;

    public EntryWrites(Node node, Catalog catalog, RequestBody bodies, String nodeId) {
        this.node = node;
        this.catalog = catalog;
        this.bodies = bodies;
        this.nodeId = nodeId;
    }

    /** Stores a JSON value out of its document, or the bytes of any other content type. */
    public Mono<ServerResponse> put(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        EntryKey key = path.key();
        MediaType type = contentType(request);
        MissToken token =
                ReadRequest.parsed(
                        request.headers().asHttpHeaders(),
                        FreshetHeaders.MISS_TOKEN,
                        MissToken::parse);
        Query query = Query.of(request.uri(), RequestBody.isJson(type) ? Set.of() : RAW_PARAMETERS);
        return bodies.bytes(request)
                .map(body ->
                        RequestBody.isJson(type) ? ValueFields.read(body) : raw(body, type, query))
                .flatMap(value -> {
                    ValueSize.require(namespace.config(), value);
                    Cache cache = node.running().cache();
                    CompletionStage<PutResult> put =
                            token == null
                                    ? cache.put(namespace.config(), key, value)
                                    : cache.put(namespace.config(), key, value, token);
                    return Outcome.of(put);
                })
                .flatMap(result -> {
                    namespace.meters().took(Operation.PUT, start);
                    return stored(key, result);
                });
    }

    /** Removes an entry everywhere. */
    public Mono<ServerResponse> delete(ServerRequest request, ApiPath path) {
        long start = System.nanoTime();
        Catalog.Served namespace = catalog.find(path.namespace());
        EntryKey key = path.key();
        Query.of(request.uri(), Set.of());
        Cache cache = node.running().cache();
        return Principal.current()
                .map(who -> Cause.of(Cause.Kind.REST, nodeId, who.name()))
                .flatMap(cause ->
                        RequestTrace.carriedTo(() -> cache.delete(namespace.config(), key, cause)))
                .flatMap(deleted -> {
                    namespace.meters().took(Operation.DELETE, start);
                    if (!deleted) {
                        throw new ProblemException(
                                ProblemCode.KEY_NOT_FOUND,
                                "there was nothing to delete; the key is invalidated all the same");
                    }
                    return JsonAnswer.ok(
                            new JsonWriter()
                                    .beginObject()
                                    .name("success")
                                    .value(true)
                                    .name("deleted")
                                    .value(true)
                                    .endObject());
                });
    }

    private static Mono<ServerResponse> stored(EntryKey key, PutResult result) {
        Optional<Problem> problem = PutProblem.of(result);
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
        return switch (result) {
            case PutResult.Written(var lsn, var receipt) -> written(key, lsn, receipt);
            case PutResult.Queued() -> stored(key, HttpStatus.ACCEPTED, false);
            case PutResult.Stored(boolean created) ->
                    stored(key, created ? HttpStatus.CREATED : HttpStatus.OK, created);
            case PutResult.TokenRequired _,
                    PutResult.Invalidated _,
                    PutResult.Rejected _,
                    PutResult.Unwritable _,
                    PutResult.Full _,
                    PutResult.Unavailable _ ->
                    throw new IllegalStateException("a problem: " + result);
        };
    }

    private static Mono<ServerResponse> stored(EntryKey key, HttpStatus status, boolean created) {
        return JsonAnswer.of(
                status,
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(true)
                        .name("key")
                        .value(key.value())
                        .name("created")
                        .value(created)
                        .endObject());
    }

    private static Mono<ServerResponse> written(EntryKey key, Lsn lsn, Receipt receipt) {
        return JsonAnswer.with(
                ServerResponse.ok()
                        .header(FreshetHeaders.LSN, lsn.toString())
                        .header(FreshetHeaders.TOKEN, receipt.token().toString()),
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(true)
                        .name("key")
                        .value(key.value())
                        .name("written")
                        .value(true)
                        .name("lsn")
                        .value(lsn.toString())
                        .name("enforced")
                        .value(receipt.enforced())
                        .endObject());
    }

    private static NewValue raw(byte[] body, MediaType type, Query query) {
        String ttl = query.one("ttl");
        return new NewValue(
                body,
                type.toString(),
                ttl == null ? null : Ttl.parse(ttl),
                Tags.of(query.all("tag").stream().map(Tag::new).toList()));
    }

    /** What is sent; forms are refused, since tools send that type when nobody chose one. */
    private static MediaType contentType(ServerRequest request) {
        MediaType type = RequestBody.contentType(request);
        if (type == null
                || !type.isConcrete()
                || type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)
                || type.getType().equals("multipart")) {
            throw new ProblemException(
                    UNSUPPORTED_MEDIA_TYPE,
                    "send Content-Type: application/json with {\"value\": ...}, or the content type"
                            + " of the bytes that are to be stored; not a form");
        }
        boolean otherCharset =
                type.isCompatibleWith(MediaType.APPLICATION_JSON) && !RequestBody.isJson(type);
        if (otherCharset) {
            throw new ProblemException(UNSUPPORTED_MEDIA_TYPE, "JSON is UTF-8");
        }
        requireStorable(type);
        return type;
    }

    private static void requireStorable(MediaType type) {
        int bytes = type.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_CONTENT_TYPE_BYTES) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE,
                    "a Content-Type is stored with its value: send one of %d bytes at most, this one has %d"
                            .formatted(MAX_CONTENT_TYPE_BYTES, bytes));
        }
    }
}
