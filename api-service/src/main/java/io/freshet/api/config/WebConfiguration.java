package io.freshet.api.config;

import static io.freshet.api.http.Resource.at;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PUT;

import io.freshet.api.audit.AuditEndpoints;
import io.freshet.api.consistency.ConsistencyBoard;
import io.freshet.api.consistency.ConsistencyEndpoints;
import io.freshet.api.console.ConsolePage;
import io.freshet.api.deadletter.DeadLetterEndpoints;
import io.freshet.api.entry.Batches;
import io.freshet.api.entry.EntryReads;
import io.freshet.api.entry.EntryWrites;
import io.freshet.api.explain.EntryExplanation;
import io.freshet.api.fanout.FanOutBoard;
import io.freshet.api.fanout.FanOutEndpoints;
import io.freshet.api.fanout.FanOutOrders;
import io.freshet.api.health.HealthEndpoints;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.http.BearerToken;
import io.freshet.api.http.FrontDoor;
import io.freshet.api.http.MalformedTargets;
import io.freshet.api.http.RequestBody;
import io.freshet.api.http.RouteTable;
import io.freshet.api.http.TracedRequests;
import io.freshet.api.invalidation.Invalidations;
import io.freshet.api.keys.EntryMetadata;
import io.freshet.api.keys.KeyEndpoints;
import io.freshet.api.lock.LockEndpoints;
import io.freshet.api.metrics.CacheMeters;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.namespace.NamespaceEndpoints;
import io.freshet.api.namespace.StatsEndpoints;
import io.freshet.api.node.Node;
import io.freshet.api.openapi.OpenApiEndpoint;
import io.freshet.api.problem.ProblemAnswers;
import io.freshet.api.replay.ReplayEndpoints;
import io.freshet.api.settings.ApiSettings;
import io.freshet.api.settings.NodeSettings;
import io.freshet.api.structure.ChangeRequest;
import io.freshet.api.structure.QuestionRequest;
import io.freshet.api.structure.StructureEndpoints;
import io.freshet.api.subscribe.SubscriberEndpoints;
import io.freshet.api.warm.JobBoard;
import io.freshet.api.warm.WarmEndpoints;
import io.freshet.api.warm.WarmQueue;
import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.log.LogHistory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The way of a request, and what answers it. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    CacheMeters cacheMeters(MeterRegistry registry) {
        return new CacheMeters(registry);
    }

    @Bean
    ProblemAnswers problemAnswers(CacheMeters meters) {
        return new ProblemAnswers(meters::problem);
    }

    @Bean
    Catalog catalog(Node node, CacheMeters meters) {
        return new Catalog(node, meters);
    }

    /** Of the API's server only: that of the management port is another. */
    @Bean
    WebHttpHandlerBuilderCustomizer frontDoor(
            ApiSettings api,
            Node node,
            Catalog catalog,
            LogHistory history,
            ProblemAnswers problems,
            Tracer tracer) {
        var token = new BearerToken(api.token());
        var reads = new EntryReads(node, catalog, InstantSource.system());
        var metadata = new EntryMetadata(node, catalog, InstantSource.system());
        var explanation = new EntryExplanation(node, catalog, history, InstantSource.system());
        FrontDoor.Reads either =
                (request, response, path) -> {
                    if (EntryMetadata.isMeantBy(request)) {
                        return metadata.answer(request, response, path);
                    }
                    return EntryExplanation.isMeantBy(request)
                            ? explanation.answer(request, response, path)
                            : reads.answer(request, response, path);
                };
        return builder ->
                builder.exceptionHandlers(handlers -> handlers.addFirst(problems))
                        .httpHandlerDecorator(next ->
                                TracedRequests.before(
                                        tracer, new FrontDoor(token, either, problems, next)));
    }

    @Bean
    NettyRouteProvider malformedTargets(ProblemAnswers problems) {
        return new MalformedTargets(problems);
    }

    @Bean
    RouterFunction<ServerResponse> health(Node node) {
        return RouterFunctions.route().GET("/health", new HealthEndpoints(node)::alive).build();
    }

    @Bean
    RouterFunction<ServerResponse> console() {
        return new ConsolePage().routes();
    }

    @Bean
    RouteTable routes(
            ApiSettings api,
            NodeSettings nodeSettings,
            Node node,
            Catalog catalog,
            WarmQueue warmQueue,
            JobBoard board,
            ConsistencyBoard consistencyBoard,
            FanOutBoard fanOutBoard,
            FanOutOrders fanOutOrders,
            SubscriberEndpoints subscribers,
            ReplayEndpoints replays,
            DeadLetterEndpoints deadLetters) {
        String id = nodeSettings.id();
        var bodies = new RequestBody(api.maxBodySize());
        var limit = new BatchLimit(api.maxBatch());
        var writes = new EntryWrites(node, catalog, bodies, id);
        var batches = new Batches(node, catalog, bodies, limit);
        var invalidations = new Invalidations(node, catalog, bodies, limit, id);
        var warm =
                new WarmEndpoints(catalog, warmQueue, board, bodies, limit, InstantSource.system());
        var fanOuts = new FanOutEndpoints(fanOutBoard, fanOutOrders, InstantSource.system());
        var namespaces = new NamespaceEndpoints(node, catalog, bodies);
        var keys = new KeyEndpoints(node, catalog);
        var locks = new LockEndpoints(node, bodies);
        var structures =
                new StructureEndpoints(node, catalog, bodies, limit, InstantSource.system());
        var stats = new StatsEndpoints(node, catalog, id);
        return new RouteTable(
                List.of(
                        at("health").get(new HealthEndpoints(node)::detailed),
                        at("openapi.json").get(new OpenApiEndpoint()::get),
                        at("stats").get(stats::ofNode),
                        at("consistency")
                                .get(new ConsistencyEndpoints(node, consistencyBoard)::list),
                        at("audit").get(new AuditEndpoints(node)::list),
                        at("replay").post(replays::post),
                        at("replay/{id}").get(replays::progress).on(DELETE, replays::cancel),
                        at("dead-letters").get(deadLetters::list),
                        at("dead-letters/{id}/replay").post(deadLetters::replay),
                        at("events").on(GET, subscribers::subscribe),
                        at("invalidate").post(invalidations::post),
                        at("warmup").post(warm::warmUp),
                        at("warm-jobs").get(warm::list),
                        at("warm-jobs/{id}").get(warm::progress).on(DELETE, warm::cancel),
                        at("warm-jobs/{id}/events").on(GET, warm::follow),
                        at("fan-outs").get(fanOuts::list),
                        at("fan-outs/{id}").get(fanOuts::show).on(DELETE, fanOuts::cancel),
                        at("fan-outs/{id}/pause").post(fanOuts::pause),
                        at("fan-outs/{id}/resume").post(fanOuts::resume),
                        at("locks/{id}")
                                .get(locks::show)
                                .post(locks::acquire)
                                .on(PUT, locks::renew)
                                .on(DELETE, locks::release),
                        at("namespaces").get(namespaces::list),
                        at("namespaces/{id}")
                                .get(namespaces::show)
                                .on(PUT, namespaces::put)
                                .on(DELETE, namespaces::delete),
                        at("namespaces/{id}/changes").get(namespaces::changes),
                        at("{namespace}").on(DELETE, invalidations::delete),
                        at("{namespace}/mget").post(batches::get),
                        at("{namespace}/mset").post(batches::put),
                        at("{namespace}/warm").post(warm::warmNamespace),
                        at("{namespace}/keys").get(keys::list),
                        at("{namespace}/stats").get(stats::ofNamespace),
                        at("{namespace}/{key}/list")
                                .get(structures.asking(QuestionRequest::ofList))
                                .post(structures.changing(ChangeRequest::ofList)),
                        at("{namespace}/{key}/set")
                                .get(structures.asking(QuestionRequest::ofSet))
                                .post(structures.changing(ChangeRequest::ofSet)),
                        at("{namespace}/{key}/hash")
                                .get(structures.asking(QuestionRequest::ofHash))
                                .post(structures.changing(ChangeRequest::ofHash)),
                        at("{namespace}/{key}/counter")
                                .get(structures.asking(QuestionRequest::ofCounter))
                                .post(structures.changing(ChangeRequest::ofCounter)),
                        at("{namespace}/{key}")
                                .on(PUT, writes::put)
                                .on(DELETE, writes::delete)
                                .besides(GET, HEAD)));
    }
}
