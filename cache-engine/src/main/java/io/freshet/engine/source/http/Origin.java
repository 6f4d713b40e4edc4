package io.freshet.engine.source.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** A scheme, a host and a port: what an allow-list names. */
public record Origin(String scheme, String host, int port) {

    /**
     * Reads one, such as {@code https://api.example.com} or {@code http://10.0.0.7:8080}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Origin parse(String text) {
        Origin origin = of(uri(text));
        String path = uri(text).getRawPath();
        boolean isMore = !path.isEmpty() && !path.equals("/");
        if (isMore || uri(text).getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "'%s' is no origin: give scheme, host and port only".formatted(text));
        }
        return origin;
    }

    /** Of a URI with a scheme and a host. */
    static Origin of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'%s' needs a scheme and a host, and no user".formatted(uri));
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port =
                switch (scheme) {
                    case "http" -> uri.getPort() < 0 ? 80 : uri.getPort();
                    case "https" -> uri.getPort() < 0 ? 443 : uri.getPort();
                    default ->
                            throw new IllegalArgumentException(
                                    "'%s' must begin with http:// or https://".formatted(uri));
                };
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    private static URI uri(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'%s' is no origin: %s".formatted(text, e.getReason()), e);
        }
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
