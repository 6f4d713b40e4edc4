package io.freshet.api.config;

import io.freshet.api.consistency.ConsistencyBoard;
import io.freshet.api.fanout.FanOutBoard;
import io.freshet.api.fanout.OrderTopic;
import io.freshet.api.health.NodeHealth;
import io.freshet.api.namespace.DeclaredNamespaces;
import io.freshet.api.node.Node;
import io.freshet.api.node.NodeLifecycle;
import io.freshet.api.node.NodeOptions;
import io.freshet.api.settings.ApiSettings;
import io.freshet.api.settings.KafkaSettings;
import io.freshet.api.settings.NearSettings;
import io.freshet.api.settings.NodeSettings;
import io.freshet.api.settings.RedisSettings;
import io.freshet.api.settings.ResilienceSettings;
import io.freshet.api.settings.TopicSettings;
import io.freshet.api.settings.WriteSettings;
import io.freshet.api.settings.WriterSettings;
import io.freshet.api.subscribe.Feed;
import io.freshet.api.topic.TopicTail;
import io.freshet.api.warm.JobBoard;
import io.freshet.api.warm.WarmTopics;
import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.EngineOptions;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.settings.source.HttpSourceSettings;
import io.freshet.settings.source.PostgresSettings;
import io.freshet.settings.source.StandbySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and what lives beside it. */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

    private static final String PRIMARY = "primary";

    @Bean
    Node node() {
        return new Node();
    }

    @Bean
    KafkaOptions kafkaOptions(KafkaSettings kafka, TopicSettings topics) {
        return topics.at(kafka);
    }

    @Bean
    NodeLifecycle nodeLifecycle(
            KafkaOptions kafka,
            RedisSettings redis,
            PostgresSettings postgres,
            StandbySettings standby,
            WriterSettings writer,
            NodeSettings node,
            NearSettings near,
            ResilienceSettings resilience,
            HttpSourceSettings http,
            WriteSettings writes,
            ApiSettings api,
            Node state,
            JobBoard board,
            Feed feed,
            FanOutBoard fanOuts,
            ConsistencyBoard consistency,
            MeterRegistry meters,
            Tracer tracer) {
        var engine =
                new EngineOptions(
                                node.id(),
                                PRIMARY,
                                kafka,
                                RedisOptions.of(redis.uri())
                                        .commandTimeout(redis.commandTimeout())
                                        .circuit(resilience.redis().options()),
                                near.maxBytes().toBytes(),
                                new ViewLimits(
                                        node.rememberedKeys(),
                                        node.rememberedTags(),
                                        ViewLimits.DEFAULT.patterns()))
                        .tracedBy(tracer);
        var database =
                new SqlDatabaseOptions(postgres.url(), postgres.user(), postgres.password())
                        .named("freshet-api-service")
                        .with(standby.of(postgres))
                        .writtenBy(writer.of(postgres));
        NodeLifecycle.Companion progress =
                _ ->
                        TopicTail.start(
                                kafka.bootstrapServers(),
                                kafka.topics().warmProgress(),
                                (_, job) -> board.update(job));
        NodeLifecycle.Companion fanOutProgress =
                _ ->
                        TopicTail.start(
                                kafka.bootstrapServers(),
                                kafka.topics().fanOuts(),
                                fanOuts::update);
        NodeLifecycle.Companion verdicts =
                _ ->
                        TopicTail.start(
                                kafka.bootstrapServers(),
                                kafka.topics().consistency(),
                                (_, report) -> consistency.update(report));
        NodeLifecycle.Companion subscribers =
                running -> {
                    running.follow(feed);
                    return () -> {};
                };
        return new NodeLifecycle(
                new NodeOptions(
                        engine,
                        database,
                        resilience.sources().options(),
                        http.options(),
                        writes.options(),
                        DeclaredNamespaces.read(api.namespacesFile())),
                state,
                List.of(progress, fanOutProgress, verdicts, subscribers),
                meters);
    }

    @Bean
    JobBoard jobBoard(ApiSettings api) {
        return new JobBoard(api.maxWarmJobs());
    }

    @Bean
    FanOutBoard fanOutBoard() {
        return new FanOutBoard();
    }

    @Bean
    ConsistencyBoard consistencyBoard() {
        return new ConsistencyBoard(InstantSource.system());
    }

    @Bean
    OrderTopic orderTopic(KafkaOptions kafka) {
        return new OrderTopic(kafka.bootstrapServers(), kafka.topics().fanOutOrders());
    }

    @Bean
    WarmTopics warmTopics(KafkaOptions kafka) {
        return new WarmTopics(kafka.bootstrapServers(), kafka.topics());
    }

    @Bean
    HealthIndicator nodeHealthIndicator(Node node) {
        return new NodeHealth(node);
    }
}
