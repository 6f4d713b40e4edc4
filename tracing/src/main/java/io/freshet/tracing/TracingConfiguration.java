package io.freshet.tracing;

import io.freshet.contracts.trace.Tracer;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The tracer of a service, as it is configured. */
@AutoConfiguration
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {

    @Bean
    Tracer tracer(TracingSettings settings, Environment environment) {
        return settings.enabled()
                ? OpenTelemetryTracer.to(
                        settings.endpoint(),
                        settings.sample(),
                        environment.getProperty("spring.application.name", "freshet"),
                        environment.getProperty("freshet.node.id", UUID.randomUUID().toString()))
                : Tracer.off();
    }
}
