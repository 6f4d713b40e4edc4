package io.freshet.api.audit;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers what was invalidated. */
public final class AuditEndpoints {

    private final Node node;

    public AuditEndpoints(Node node) {
        this.node = node;
    }

    /** {@code GET /audit}: the latest first. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        AuditQuery asked = AuditQuery.of(request.uri());
        var table = new AuditTable(node.running().administration().database());
        return Mono.fromCallable(() -> table.find(asked))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(SQLException.class, _ -> unavailable())
                .flatMap(found -> JsonAnswer.ok(document(found, asked.limit())));
    }

    /** That the audit cannot be read. */
    public static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.CATALOG_UNAVAILABLE,
                "the audit in PostgreSQL cannot be reached: try again");
    }

    private static JsonWriter document(List<Audited> found, int limit) {
        var json =
                new JsonWriter(512 * (found.size() + 1))
                        .beginObject()
                        .name("invalidations")
                        .beginArray();
        found.forEach(each -> each.write(json));
        json.endArray().name("cursor");
        return (found.size() < limit
                        ? json.nothing()
                        : json.plain(found.getLast().cursor().toText()))
                .endObject();
    }
}
