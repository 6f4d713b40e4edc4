package io.freshet.api.warm;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Principal;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Takes warm jobs, and tells how far they are. */
public final class WarmEndpoints {

    private static final int LISTED = 100;

    private final Catalog catalog;
    private final WarmQueue queue;
    private final JobBoard board;
    private final JobEvents events;
    private final RequestBody bodies;
    private final BatchLimit limit;
    private final InstantSource clock;

    public WarmEndpoints(
            Catalog catalog,
            WarmQueue queue,
            JobBoard board,
            RequestBody bodies,
            BatchLimit limit,
            InstantSource clock) {
        this.catalog = catalog;
        this.queue = queue;
        this.board = board;
        this.events = new JobEvents(board);
        this.bodies = bodies;
        this.limit = limit;
        this.clock = clock;
    }

    /** {@code POST /{namespace}/warm}. */
    public Mono<ServerResponse> warmNamespace(ServerRequest request, ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        return bodies.json(request)
                .map(body -> WarmRequest.read(body, limit, path.namespace()))
                .flatMap(asked -> submit(namespace, asked));
    }

    /** {@code POST /warmup}, which names the namespace in its body. */
    public Mono<ServerResponse> warmUp(ServerRequest request, ApiPath path) {
        return bodies.json(request)
                .map(body -> WarmRequest.read(body, limit, null))
                .flatMap(asked -> submit(catalog.find(asked.namespace()), asked));
    }

    /** {@code GET /warm-jobs}. */
    public Mono<ServerResponse> list(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(JobDocument.ofAll(board.latest(LISTED)));
    }

    /** {@code GET /warm-jobs/{id}}. */
    public Mono<ServerResponse> progress(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(JobDocument.of(find(path)));
    }

    /** {@code GET /warm-jobs/{id}/events}. */
    public Mono<ServerResponse> follow(ServerRequest request, ApiPath path) {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .body(BodyInserters.fromServerSentEvents(events.of(find(path).id())));
    }

    /** {@code DELETE /warm-jobs/{id}}. */
    public Mono<ServerResponse> cancel(ServerRequest request, ApiPath path) {
        WarmProgress job = find(path);
        return Principal.current()
                .map(who -> new WarmCancel(job.id(), who.name(), clock.instant()))
                .flatMap(cancel -> Outcome.of(queue.cancel(cancel)))
                .flatMap(_ -> JsonAnswer.of(HttpStatus.ACCEPTED, JobDocument.of(job)));
    }

    private WarmProgress find(ApiPath path) {
        return board.find(path.decoded(1, ProblemCode.JOB_NOT_FOUND))
                .orElseThrow(() ->
                        new ProblemException(
                                ProblemCode.JOB_NOT_FOUND,
                                "this node has not heard of a job of that id"));
    }

    private Mono<ServerResponse> submit(Catalog.Served namespace, WarmRequest asked) {
        if (namespace.config().source() == null) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE,
                    "namespace '%s' has no source that it could be warmed from"
                            .formatted(namespace.name()));
        }
        if (asked.selection() instanceof Selection.Query(String name)
                && !namespace.config().warming().queries().containsKey(name)) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_VALUE,
                    "namespace '%s' has no query '%s' under 'warm'"
                            .formatted(namespace.name(), name));
        }
        return Principal.current()
                .map(who ->
                        new WarmJob(
                                UUID.randomUUID().toString(),
                                namespace.name(),
                                asked.selection(),
                                who.name(),
                                clock.instant()))
                .flatMap(job -> Outcome.of(queue.submit(job)))
                .doOnNext(board::begin)
                .flatMap(WarmEndpoints::accepted);
    }

    private static Mono<ServerResponse> accepted(WarmJob job) {
        String href = ApiPath.PREFIX + "/warm-jobs/" + job.id();
        return JsonAnswer.with(
                ServerResponse.status(HttpStatus.ACCEPTED).location(URI.create(href)),
                new JsonWriter()
                        .beginObject()
                        .name("job")
                        .value(job.id())
                        .name("href")
                        .value(href)
                        .endObject());
    }
}
