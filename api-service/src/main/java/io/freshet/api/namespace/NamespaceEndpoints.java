package io.freshet.api.namespace;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Principal;
import io.freshet.api.http.Query;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Administration;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.IllegalNamespaceException;
import io.freshet.engine.namespace.NamespaceCatalog.Outcome;
import io.freshet.engine.namespace.NamespaceChanges.Recorded;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.NamespaceDocument;
import io.freshet.engine.source.InvalidSourceException;
import io.freshet.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows and changes the namespaces. */
public final class NamespaceEndpoints {

    private static final int SHOWN_CHANGES = 100;

    private final Node node;
    private final Catalog catalog;
    private final RequestBody bodies;

    public NamespaceEndpoints(Node node, Catalog catalog, RequestBody bodies) {
        this.node = node;
        this.catalog = catalog;
        this.bodies = bodies;
    }

    /** {@code GET /namespaces}: as they are in force on this node. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        var json = new JsonWriter(1024).beginObject().name("namespaces").beginArray();
        node.running()
                .namespaces()
                .all()
                .forEach(config -> json.raw(NamespaceDocument.show(config)));
        return JsonAnswer.ok(json.endArray().endObject());
    }

    /** {@code GET /namespaces/{namespace}}: as it is in force on this node. */
    public Mono<ServerResponse> show(ServerRequest request, ApiPath path) {
        NamespaceConfig config = catalog.find(nameIn(path).value()).config();
        return document(HttpStatus.OK, config);
    }

    /** {@code PUT /namespaces/{namespace}}: makes it be as the body says, wholly. */
    public Mono<ServerResponse> put(ServerRequest request, ApiPath path) {
        Namespace name = declarable(nameIn(path));
        Precondition precondition = Precondition.of(request);
        return bodies.json(request)
                .map(body -> read(name, body))
                .flatMap(config ->
                        changed((administration, principal) ->
                                        administration.put(config, precondition, principal))
                                .flatMap(outcome ->
                                        switch (outcome) {
                                            case CREATED -> document(HttpStatus.CREATED, config);
                                            case CHANGED, UNCHANGED ->
                                                    document(HttpStatus.OK, config);
                                            case UNEXPECTED, REMOVED, ABSENT ->
                                                    Mono.error(unexpected(name));
                                        }));
    }

    /** {@code DELETE /namespaces/{namespace}}: it and all that it holds are gone. */
    public Mono<ServerResponse> delete(ServerRequest request, ApiPath path) {
        Namespace name = nameIn(path);
        Precondition precondition = Precondition.of(request);
        return changed((administration, principal) ->
                        administration.remove(name, precondition, principal))
                .flatMap(outcome ->
                        switch (outcome) {
                            case REMOVED ->
                                    JsonAnswer.ok(
                                            new JsonWriter()
                                                    .beginObject()
                                                    .name("success")
                                                    .value(true)
                                                    .name("deleted")
                                                    .value(true)
                                                    .endObject());
                            case ABSENT ->
                                    Mono.error(
                                            new ProblemException(
                                                    ProblemCode.NAMESPACE_NOT_FOUND,
                                                    "there is no namespace '" + name + "'"));
                            case UNEXPECTED, CREATED, CHANGED, UNCHANGED ->
                                    Mono.error(unexpected(name));
                        });
    }

    /** {@code GET /namespaces/{namespace}/changes}: who changed it, the latest first. */
    public Mono<ServerResponse> changes(ServerRequest request, ApiPath path) {
        Namespace name = nameIn(path);
        long before = before(Query.of(request.uri(), Set.of("before")).one("before"));
        Administration administration = node.running().administration();
        return blocking(() -> administration.changes(name, before, SHOWN_CHANGES))
                .flatMap(changes -> JsonAnswer.ok(written(changes)));
    }

    private interface Change {
        Outcome make(Administration administration, String principal) throws SQLException;
    }

    private Mono<Outcome> changed(Change change) {
        Administration administration = node.running().administration();
        return Principal.current()
                .flatMap(
                        principal -> blocking(() -> change.make(administration, principal.name())));
    }

    private static <T> Mono<T> blocking(Callable<T> call) {
        return Mono.fromCallable(call)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(NamespaceEndpoints::problem);
    }

    private static Throwable problem(Throwable failure) {
        return switch (failure) {
            case InvalidSourceException e ->
                    new ProblemException(ProblemCode.ILLEGAL_CONFIGURATION, e.getMessage());
            case SourceException e ->
                    new ProblemException(ProblemCode.SOURCE_UNAVAILABLE, e.getMessage());
            case IllegalArgumentException e ->
                    new ProblemException(ProblemCode.ILLEGAL_CONFIGURATION, e.getMessage());
            case SQLException _ ->
                    new ProblemException(
                            ProblemCode.CATALOG_UNAVAILABLE,
                            "the catalog in PostgreSQL cannot be reached: try again");
            default -> failure;
        };
    }

    private static NamespaceConfig read(Namespace name, byte[] body) {
        try {
            return NamespaceDocument.read(name, body);
        } catch (IllegalNamespaceException e) {
            throw new ProblemException(ProblemCode.ILLEGAL_CONFIGURATION, e.getMessage());
        }
    }

    private static Namespace nameIn(ApiPath path) {
        return new Namespace(path.decoded(1, ProblemCode.ILLEGAL_NAMESPACE));
    }

    private static Namespace declarable(Namespace name) {
        if (DeclaredNamespaces.isReserved(name)) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_NAMESPACE,
                    "'" + name + "' is kept for other uses: choose another name");
        }
        return name;
    }

    private static long before(@Nullable String id) {
        try {
            return id == null ? Long.MAX_VALUE : Long.parseLong(id);
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE, "'before' must be the id of a change");
        }
    }

    private static ProblemException unexpected(Namespace name) {
        return new ProblemException(
                ProblemCode.PRECONDITION_FAILED,
                "namespace '%s' is not what the request expects: read it again".formatted(name));
    }

    private static Mono<ServerResponse> document(HttpStatus status, NamespaceConfig config) {
        byte[] shown = NamespaceDocument.show(config);
        return JsonAnswer.with(
                ServerResponse.status(status)
                        .header(
                                HttpHeaders.ETAG,
                                Precondition.tagOf(NamespaceDocument.write(config))),
                new JsonWriter(shown.length).raw(shown));
    }

    private static JsonWriter written(List<Recorded> changes) {
        var json = new JsonWriter(1024).beginObject().name("changes").beginArray();
        for (Recorded change : changes) {
            json.beginObject().name("id").value(change.id());
            json.name("operation").plain(change.operation().toLowerCase(Locale.ROOT));
            json.name("changed_by").value(change.changedBy());
            json.name("changed_at").plain(change.changedAt().toString());
            json.name("transaction").value(change.transaction());
            row(json.name("before"), change.before());
            row(json.name("after"), change.after());
            json.endObject();
        }
        return json.endArray().endObject();
    }

    private static void row(JsonWriter json, @Nullable String row) {
        if (row == null) {
            json.nothing();
        } else {
            json.raw(row.getBytes(StandardCharsets.UTF_8));
        }
    }
}
