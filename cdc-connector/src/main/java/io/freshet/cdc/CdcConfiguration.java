package io.freshet.cdc;

import io.freshet.cdc.capture.CaptureLoop;
import io.freshet.cdc.capture.CaptureStatus;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.health.CaptureHealth;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.cdc.settings.KafkaSettings;
import io.freshet.cdc.settings.PostgresSettings;
import io.freshet.cdc.settings.TopicSettings;
import io.freshet.contracts.trace.Tracer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together. */
@Configuration(proxyBeanMethods = false)
class CdcConfiguration {

    private static final double MILLIS = 1_000.0;

    @Bean
    Rules rules(CaptureSettings settings) {
        return RulesFile.read(settings.rules());
    }

    @Bean
    SourceDatabase sourceDatabase(CaptureSettings capture, PostgresSettings postgres) {
        return new SourceDatabase(
                Objects.requireNonNullElse(capture.url(), postgres.url()),
                Objects.requireNonNullElse(capture.user(), postgres.user()),
                Objects.requireNonNullElse(capture.password(), postgres.password()));
    }

    @Bean
    CaptureStatus captureStatus(CaptureSettings settings) {
        return new CaptureStatus(Clock.systemUTC(), settings.retentionWarning());
    }

    @Bean
    CaptureMetrics captureMetrics(MeterRegistry registry, CaptureStatus status, Rules rules) {
        var metrics =
                new CaptureMetrics(
                        registry,
                        () -> {
                            var slot = status.slot();
                            return slot == null ? Double.NaN : slot.retention().bytes();
                        },
                        () -> {
                            var age = status.heartbeatAge();
                            return age == null ? Double.NaN : age.toMillis() / MILLIS;
                        });
        metrics.watch(rules, status::isImpaired);
        return metrics;
    }

    /** Named so that health calls the component {@code capture}. */
    @Bean("captureHealthContributor")
    CaptureHealth captureHealth(CaptureStatus status) {
        return new CaptureHealth(status);
    }

    @Bean
    CaptureLifecycle captureLifecycle(
            CaptureSettings settings,
            SourceDatabase database,
            Rules rules,
            TopicSettings topics,
            KafkaSettings kafka,
            CaptureMetrics metrics,
            CaptureStatus status,
            Tracer tracer) {
        return new CaptureLifecycle(
                new CaptureLoop(
                        settings,
                        database,
                        rules,
                        topics.topics(),
                        kafka,
                        metrics,
                        status,
                        tracer));
    }
}
