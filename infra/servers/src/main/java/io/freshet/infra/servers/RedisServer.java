package io.freshet.infra.servers;

/** A running standalone Redis, {@code maxmemory-policy noeviction}. */
public interface RedisServer extends RunningServer {

    /** The address as clients take it: {@code redis://host:port}. */
    String uri();

    int port();
}
