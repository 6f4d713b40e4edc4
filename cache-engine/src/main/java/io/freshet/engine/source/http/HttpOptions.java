package io.freshet.engine.source.http;

import java.util.Set;

/**
 * Where HTTP sources may point.
 *
 * @param allowed origins that may be asked at public addresses
 * @param allowedPrivate origins that may be asked wherever they are: in this machine, in this
 *     network
 * @param secrets that headers may name
 */
public record HttpOptions(Set<Origin> allowed, Set<Origin> allowedPrivate, Secrets secrets) {

    /** Nowhere. */
    public static final HttpOptions NONE = new HttpOptions(Set.of(), Set.of(), Secrets.NONE);

    public HttpOptions {
        allowed = Set.copyOf(allowed);
        allowedPrivate = Set.copyOf(allowedPrivate);
    }

    boolean allows(Origin origin) {
        return allowed.contains(origin) || allowsPrivate(origin);
    }

    boolean allowsPrivate(Origin origin) {
        return allowedPrivate.contains(origin);
    }
}
