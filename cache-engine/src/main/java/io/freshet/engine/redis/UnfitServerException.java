package io.freshet.engine.redis;

/** A Redis that must not be used as it is configured; the message names the mend. */
final class UnfitServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitServerException(ServerFacts server) {
        super(
                ("Redis has maxmemory-policy %s: it may remove markers and entries by itself. Set"
                                + " maxmemory-policy noeviction; Freshet makes room by its own"
                                + " policies")
                        .formatted(server.maxmemoryPolicy().orElse("unknown")));
    }
}
