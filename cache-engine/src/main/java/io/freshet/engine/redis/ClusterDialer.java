package io.freshet.engine.redis;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a Cluster. Only its masters are read: an entry and its marker must come from the same
 * server. Learns of a failover from what servers answer and, at the latest, a second after it.
 */
final class ClusterDialer implements Dialer {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final RedisClusterClient client;

    ClusterDialer(RedisTarget target, RedisOptions options, ClientResources resources) {
        var clientOptions = ClusterClientOptions.builder();
        Dialer.configure(clientOptions, options);
        clientOptions.topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(REFRESH.dividedBy(2))
                        .enablePeriodicRefresh(REFRESH)
                        .build());
        client = RedisClusterClient.create(resources, target.uris());
        client.setOptions(clientOptions.build());
    }

    @Override
    public CompletionStage<Link> dial() {
        return client.refreshPartitionsAsync()
                .thenCompose(_ -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(ClusterDialer::link);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> listen() {
        return client.connectPubSubAsync(ByteArrayCodec.INSTANCE).thenApply(opened -> opened);
    }

    @Override
    public CompletionStage<List<String>> info(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        var all = (RedisAdvancedClusterAsyncCommands<byte[], byte[]>) commands;
        return all.upstream().commands().info();
    }

    @Override
    public CompletionStage<Void> shutdown() {
        return client.shutdownAsync(0, 2, TimeUnit.SECONDS);
    }

    private static Link link(StatefulRedisClusterConnection<byte[], byte[]> connection) {
        return new Link(connection, connection.async());
    }
}
