package io.freshet.api.replay;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Principal;
import io.freshet.api.http.RequestBody;
import io.freshet.api.json.JsonWriter;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.log.LogHistory;
import io.freshet.engine.log.LogPositions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Replays: asks for them, tells how far those of this node are, cancels them. */
public final class ReplayEndpoints {

    private static final int REMEMBERED = 100;

    private final Catalog catalog;
    private final LogHistory history;
    private final Inbox inbox;
    private final RequestBody bodies;
    private final String node;
    private final Map<String, ReplayJob> jobs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ReplayJob> eldest) {
                    return size() > REMEMBERED;
                }
            };

    public ReplayEndpoints(
            Catalog catalog, LogHistory history, Inbox inbox, RequestBody bodies, String node) {
        this.catalog = catalog;
        this.history = history;
        this.inbox = inbox;
        this.bodies = bodies;
        this.node = node;
    }

    /** {@code POST /replay}. */
    public Mono<ServerResponse> post(ServerRequest request, ApiPath path) {
        return bodies.json(request)
                .map(ReplayRequest::read)
                .flatMap(asked ->
                        Principal.current()
                                .flatMap(who ->
                                        Mono.fromCallable(() -> begin(asked, who.name()))
                                                .subscribeOn(Schedulers.boundedElastic())))
                .flatMap(ReplayEndpoints::accepted);
    }

    /** {@code GET /replay/{id}}. */
    public Mono<ServerResponse> progress(ServerRequest request, ApiPath path) {
        return JsonAnswer.ok(find(path).progress().toJson());
    }

    /** {@code DELETE /replay/{id}}: what was published stays. */
    public Mono<ServerResponse> cancel(ServerRequest request, ApiPath path) {
        ReplayJob job = find(path);
        job.cancel();
        return JsonAnswer.ok(job.progress().toJson());
    }

    private ReplayJob begin(ReplayRequest asked, String by) {
        Namespace namespace = name(asked.namespace());
        LogPositions to = history.end();
        LogPositions from =
                switch (asked.since()) {
                    case ReplayRequest.Since.Time(var at) -> history.at(at);
                    case ReplayRequest.Since.Place(var positions) -> {
                        if (!positions.isComparableWith(to)) {
                            throw new ProblemException(
                                    ProblemCode.ILLEGAL_VALUE,
                                    "'since' is a place in another log than %s".formatted(to));
                        }
                        yield positions;
                    }
                };
        String id = UUID.randomUUID().toString();
        var job = new ReplayJob(id, node, namespace, by, from, to, history, inbox);
        synchronized (jobs) {
            jobs.put(id, job);
        }
        Thread.ofVirtual().name("replay").start(job);
        return job;
    }

    private @Nullable Namespace name(@Nullable String namespace) {
        return namespace == null ? null : catalog.find(namespace).name();
    }

    private ReplayJob find(ApiPath path) {
        ReplayJob job;
        synchronized (jobs) {
            job = jobs.get(path.decoded(1, ProblemCode.JOB_NOT_FOUND));
        }
        if (job == null) {
            throw new ProblemException(
                    ProblemCode.JOB_NOT_FOUND,
                    "this node runs no replay of that id: ask the node that took it");
        }
        return job;
    }

    private static Mono<ServerResponse> accepted(ReplayJob job) {
        String href = ApiPath.PREFIX + "/replay/" + job.progress().id();
        return JsonAnswer.with(
                ServerResponse.status(HttpStatus.ACCEPTED).location(URI.create(href)),
                new JsonWriter()
                        .beginObject()
                        .name("job")
                        .value(job.progress().id())
                        .name("href")
                        .value(href)
                        .endObject());
    }
}
