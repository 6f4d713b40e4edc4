package io.freshet.engine.source.http;

import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.source.InvalidSourceException;
import io.freshet.engine.source.Source;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The web services that sources may ask, and the connections to them. Thread-safe; connects to
 * nobody before a source is read.
 */
public final class HttpOrigins implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final int CONNECT_TIMEOUT = 2_000;

    private final HttpOptions options;
    private final ConnectionProvider connections =
            ConnectionProvider.builder("freshet-http-sources")
                    .maxConnections(CONNECTIONS)
                    .pendingAcquireMaxCount(16 * CONNECTIONS)
                    .maxIdleTime(Duration.ofSeconds(30))
                    .build();
    private final HttpClient everywhere;
    private final HttpClient publicOnly;

    public HttpOrigins(HttpOptions options) {
        this.options = options;
        var plain =
                HttpClient.create(connections)
                        .followRedirect(false)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT)
                        .headers(headers ->
                                headers.set("User-Agent", "freshet").set("Accept", "*/*"));
        everywhere = plain.resolver(new CheckedResolver(_ -> true));
        publicOnly = plain.resolver(new CheckedResolver(PublicAddress::is));
    }

    /**
     * A source; asks nobody yet.
     *
     * @param maxBytes largest value taken
     * @throws InvalidSourceException when it may not be asked
     */
    public Source source(HttpSourceConfig config, long maxBytes) {
        UrlTemplate url = allowed(config);
        HttpClient client = options.allowsPrivate(url.origin()) ? everywhere : publicOnly;
        return new HttpSource(url, client, resolved(config), maxBytes);
    }

    /** With the secrets that its headers name. */
    private HttpSourceConfig resolved(HttpSourceConfig config) {
        var headers = new HashMap<>(config.headers());
        headers.replaceAll((_, value) -> options.secrets().resolve(value));
        return new HttpSourceConfig(config.url(), config.timeout(), headers, config.tags());
    }

    /**
     * Checks a source before its namespace is declared.
     *
     * @throws InvalidSourceException that says why it may not be asked, and how to mend it
     */
    public void validate(HttpSourceConfig config) {
        allowed(config);
        resolved(config);
    }

    private UrlTemplate allowed(HttpSourceConfig config) {
        UrlTemplate url;
        try {
            url = UrlTemplate.parse(config.url());
        } catch (IllegalArgumentException e) {
            throw new InvalidSourceException(String.valueOf(e.getMessage()));
        }
        Origin origin = url.origin();
        if (!options.allows(origin)) {
            throw new InvalidSourceException(
                    ("source.url: %s is not allowed: whoever runs Freshet adds it to"
                                    + " freshet.http-sources.allowed")
                            .formatted(origin));
        }
        if (!options.allowsPrivate(origin) && isPrivateLiteral(origin)) {
            throw new InvalidSourceException(
                    ("source.url: %s is a private address: whoever runs Freshet adds it to"
                                    + " freshet.http-sources.allowed-private")
                            .formatted(origin));
        }
        return url;
    }

    /** An address is not resolved, so it is checked here. */
    private static boolean isPrivateLiteral(Origin origin) {
        boolean literal = origin.host().startsWith("[") || origin.host().matches("[0-9.]+");
        try {
            return literal && !PublicAddress.is(InetAddress.getByName(origin.host()));
        } catch (UnknownHostException _) {
            return true;
        }
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
