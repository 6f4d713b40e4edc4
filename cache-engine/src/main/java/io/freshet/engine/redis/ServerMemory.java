package io.freshet.engine.redis;

import java.util.Collection;
import java.util.Comparator;

/**
 * What the servers that take writes hold, and how far their replicas are behind.
 *
 * @param used bytes, of the server that is fullest by its bound
 * @param max its bound; 0 when it has none
 * @param replicas that follow the servers
 * @param lag bytes of the log of writes that the slowest replica has not acknowledged
 */
public record ServerMemory(long used, long max, long replicas, long lag) {

    /** Before anybody was asked. */
    static final ServerMemory UNKNOWN = new ServerMemory(0, 0, 0, 0);

    /** Of all servers. */
    static ServerMemory of(Collection<ServerFacts> servers) {
        ServerFacts fullest =
                servers.stream()
                        .max(
                                Comparator.comparingDouble(ServerMemory::share)
                                        .thenComparingLong(ServerFacts::usedMemory))
                        .orElse(null);
        return fullest == null
                ? UNKNOWN
                : new ServerMemory(
                        fullest.usedMemory(),
                        fullest.maxMemory(),
                        servers.stream().mapToLong(server -> server.replicaLags().size()).sum(),
                        servers.stream()
                                .flatMap(server -> server.replicaLags().stream())
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0));
    }

    private static double share(ServerFacts server) {
        return server.maxMemory() == 0 ? 0 : (double) server.usedMemory() / server.maxMemory();
    }
}
