package io.freshet.api.http;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Who asks, as causes and jobs name them. Travels with the request in Reactor's context.
 *
 * @param name fit for logs: never a secret
 */
public record Principal(String name) {

    /** Whoever shows the configured token. */
    static final Principal TOKEN = new Principal("api-token");

    /** Who asks with the request that is being answered. */
    public static Mono<Principal> current() {
        return Mono.deferContextual(context -> Mono.just(context.get(Principal.class)));
    }

    Context into(Context context) {
        return context.put(Principal.class, this);
    }
}
