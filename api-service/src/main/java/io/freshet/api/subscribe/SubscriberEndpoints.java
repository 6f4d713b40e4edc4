package io.freshet.api.subscribe;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.http.ApiPath;
import io.freshet.api.http.Query;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.LogHistory;
import io.freshet.engine.log.LogPositions;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tells callers of invalidations as they come in force on this node. */
public final class SubscriberEndpoints {

    private static final Set<String> PARAMETERS = Set.of("namespace");

    private final Node node;
    private final Catalog catalog;
    private final Feed feed;
    private final Subscriptions subscriptions;

    /**
     * @param readers threads that read again what callers have missed
     */
    public SubscriberEndpoints(
            Node node, Catalog catalog, Feed feed, LogHistory history, Scheduler readers) {
        this.node = node;
        this.catalog = catalog;
        this.feed = feed;
        this.subscriptions = new Subscriptions(feed, history, readers);
    }

    /** {@code GET /events}: of the namespaces that are named, or of all. */
    public Mono<ServerResponse> subscribe(ServerRequest request, ApiPath path) {
        Set<Namespace> namespaces =
                Query.of(request.uri(), PARAMETERS).all("namespace").stream()
                        .map(name -> catalog.find(name).name())
                        .collect(Collectors.toSet());
        LogPositions since = since(request.headers().firstHeader("Last-Event-ID"));
        if (!node.isReady()) {
            throw new ProblemException(
                    ProblemCode.NOT_READY, "the node is catching up with the log");
        }
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .body(
                        BodyInserters.fromServerSentEvents(
                                subscriptions.events(feed.subscribe(namespaces), since)));
    }

    private static @Nullable LogPositions since(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return null;
        }
        try {
            return LogPositions.parse(id);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    ILLEGAL_VALUE, "Last-Event-ID: send the id of the last event, as it came");
        }
    }
}
