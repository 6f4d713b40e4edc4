package io.freshet.tracing;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces: {@code freshet.tracing.*}.
 *
 * @param enabled whether spans are recorded and contexts carried through records
 * @param endpoint where an OpenTelemetry collector takes spans by OTLP over HTTP
 * @param sample share of the traces begun here that are recorded, 0 to 1; a caller's own decision
 *     is kept
 */
@ConfigurationProperties("freshet.tracing")
public record TracingSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("http://localhost:4318/v1/traces") URI endpoint,
        @DefaultValue("0.01") double sample) {

    public TracingSettings {
        String scheme = endpoint.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException(
                    "freshet.tracing.endpoint must be an http or https URL, not " + endpoint);
        }
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException(
                    "freshet.tracing.sample must be 0 to 1, not " + sample);
        }
    }
}
