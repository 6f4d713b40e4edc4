package io.freshet.warmer;

import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.EngineOptions;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.settings.source.HttpSourceSettings;
import io.freshet.settings.source.PostgresSettings;
import io.freshet.settings.source.StandbySettings;
import io.freshet.warmer.settings.KafkaSettings;
import io.freshet.warmer.settings.NodeSettings;
import io.freshet.warmer.settings.RedisSettings;
import io.freshet.warmer.settings.TopicSettings;
import io.freshet.warmer.settings.VerifierSettings;
import io.freshet.warmer.settings.WarmerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the options to the worker, and its state to health. */
@Configuration(proxyBeanMethods = false)
class WarmerConfiguration {

    /** Nobody reads through this node, so it keeps next to no copies. */
    private static final long NEAR_MAX_BYTES = 1 << 20;

    /** Nobody waits for what a worker reads: it may cost less. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final String PRIMARY = "primary";

    @Bean
    Worker worker(
            KafkaSettings kafka,
            TopicSettings topics,
            RedisSettings redis,
            PostgresSettings postgres,
            StandbySettings standby,
            HttpSourceSettings http,
            NodeSettings node,
            WarmerSettings warmer,
            Verification verification,
            MeterRegistry meters,
            Tracer tracer) {
        var engine =
                new EngineOptions(
                                node.id(),
                                PRIMARY,
                                topics.at(kafka),
                                RedisOptions.of(redis.uri()),
                                NEAR_MAX_BYTES,
                                ViewLimits.DEFAULT)
                        .tracedBy(tracer)
                        .pacedBy(PACE);
        var database =
                new SqlDatabaseOptions(
                                postgres.url(),
                                postgres.user(),
                                postgres.password(),
                                warmer.concurrency())
                        .named("freshet-warmer-worker")
                        .with(standby.of(postgres));
        return new Worker(engine, PRIMARY, database, http.options(), warmer, verification, meters);
    }

    @Bean
    Verification verification(VerifierSettings settings, MeterRegistry meters) {
        return new Verification(settings, PRIMARY, meters);
    }

    @Bean
    ConsistencyEndpoint consistencyEndpoint(Verification verification) {
        return new ConsistencyEndpoint(verification.consistency());
    }

    @Bean
    HealthIndicator warmerHealthIndicator(Worker worker) {
        return new WorkerHealth(worker);
    }
}
