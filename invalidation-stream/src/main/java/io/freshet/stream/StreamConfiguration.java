package io.freshet.stream;

import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.stream.metrics.StreamMetrics;
import io.freshet.stream.settings.AuditSettings;
import io.freshet.stream.settings.InboxSettings;
import io.freshet.stream.settings.KafkaSettings;
import io.freshet.stream.settings.PlantedFaultSettings;
import io.freshet.stream.settings.PostgresSettings;
import io.freshet.stream.settings.RedisSettings;
import io.freshet.stream.settings.StreamSettings;
import io.freshet.stream.settings.TopicSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the options to the service, and its state to health. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    Plan plan(
            KafkaSettings kafka,
            TopicSettings topics,
            RedisSettings redis,
            PostgresSettings postgres,
            StreamSettings stream,
            InboxSettings inbox,
            AuditSettings audit,
            PlantedFaultSettings plantedFault) {
        KafkaOptions installation = topics.at(kafka);
        return new Plan(
                installation,
                RedisOptions.of(redis.uri()),
                postgres,
                stream,
                inbox,
                audit,
                plantedFault);
    }

    @Bean
    StreamMetrics streamMetrics(MeterRegistry meters) {
        return new StreamMetrics(meters);
    }

    @Bean
    StreamService streamService(
            Plan plan, StreamMetrics metrics, MeterRegistry meters, Tracer tracer) {
        return new StreamService(plan, metrics, meters, tracer);
    }

    @Bean
    HealthIndicator streamsHealthIndicator(StreamService service, StreamMetrics metrics) {
        return () -> ServiceHealth.ofStreams(service.state(), metrics.losses());
    }

    @Bean
    HealthIndicator applierHealthIndicator(StreamService service, StreamMetrics metrics) {
        return () -> ServiceHealth.ofApplier(service.state(), metrics.losses());
    }
}
