package io.freshet.engine.redis;

import io.freshet.infra.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A Redis Cluster of three masters without replicas. */
final class ThreeMasters implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    private final List<RedisServer> servers;

    private ThreeMasters(List<RedisServer> servers) {
        this.servers = servers;
    }

    static ThreeMasters form(Path directory) {
        List<RedisServer> servers = new ArrayList<>();
        for (int i = 0; i < MASTERS; i++) {
            servers.add(
                    OwnRedis.start(
                            directory.resolve("master" + i),
                            Map.of(
                                    "cluster-enabled", "yes",
                                    "cluster-node-timeout", "5000",
                                    "cluster-require-full-coverage", "no")));
        }
        RedisClient client = RedisClient.create();
        try {
            List<StatefulRedisConnection<String, String>> plain =
                    servers.stream()
                            .map(server -> io.lettuce.core.RedisURI.create(server.uri()))
                            .map(client::connect)
                            .toList();
            for (int i = 0; i < MASTERS; i++) {
                var commands = plain.get(i).sync();
                commands.clusterSetConfigEpoch(i + 1L);
                commands.clusterAddSlots(IntStream.range(first(i), first(i + 1)).toArray());
            }
            for (RedisServer other : servers.subList(1, MASTERS)) {
                plain.getFirst().sync().clusterMeet(host(other), other.port());
            }
            Awaitility.await()
                    .until(() ->
                            plain.stream()
                                    .map(each -> each.sync().clusterInfo())
                                    .allMatch(ThreeMasters::isWhole));
        } finally {
            client.shutdown();
        }
        return new ThreeMasters(servers);
    }

    /** As {@code freshet.redis.uri} takes it. */
    String uri() {
        return servers.stream()
                .map(server -> host(server) + ":" + server.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    RedisServer ownerOf(int slot) {
        return servers.get((int) IntStream.range(1, MASTERS).filter(i -> slot >= first(i)).count());
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }

    private static boolean isWhole(String info) {
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + MASTERS);
    }

    private static int first(int master) {
        return SLOTS * master / MASTERS;
    }

    private static String host(RedisServer server) {
        return URI.create(server.uri()).getHost();
    }
}
