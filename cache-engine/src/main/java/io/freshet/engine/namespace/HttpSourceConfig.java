package io.freshet.engine.namespace;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A web service.
 *
 * @param url with <code>{key}</code>, where the key stands, percent-encoded
 * @param timeout longest time until the whole answer is there
 * @param headers sent with each request; <code>${secret:name}</code> stands for what the node knows
 *     by that name
 * @param tags templates over the fields of an answer that is a JSON object
 */
public record HttpSourceConfig(
        String url, Duration timeout, Map<String, String> headers, List<String> tags)
        implements SourceConfig {

    public HttpSourceConfig {
        headers = Map.copyOf(headers);
        tags = List.copyOf(tags);
        tags.forEach(TagTemplate::parse);
        if (!url.contains("{key}")) {
            throw new IllegalArgumentException("source.url must use the parameter {key}");
        }
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new IllegalArgumentException("source.url must begin with http:// or https://");
        }
        headers.forEach((name, value) -> {
            if (value.equals(SecretHeaders.SHOWN)) {
                throw new IllegalArgumentException(
                        ("source.headers: '%s' is *** only where a secret is hidden: say the value"
                                        + " again, or name it as ${secret:<name>}")
                                .formatted(name));
            }
        });
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("source.timeout must be positive");
        }
    }
}
