package io.freshet.engine.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
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

    ClusterDialer(RedisOptions options, ClientResources resources) {
        var clientOptions = ClusterClientOptions.builder();
        Dialer.configure(clientOptions, options);
        clientOptions.topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(REFRESH.dividedBy(2))
                        .enablePeriodicRefresh(REFRESH)
                        .build());
        List<RedisURI> seeds = seeds(options.uri());
        seeds.forEach(seed -> seed.setTimeout(options.commandTimeout()));
        client = RedisClusterClient.create(resources, seeds);
        client.setOptions(clientOptions.build());
    }

    @Override
    public CompletionStage<Link> dial() {
        return client.refreshPartitionsAsync()
                .thenCompose(_ -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(ClusterDialer::link);
    }

    @Override
    public CompletionStage<List<String>> info(Link link) {
        var commands = (RedisAdvancedClusterAsyncCommands<byte[], byte[]>) link.commands();
        return commands.upstream().commands().info();
    }

    @Override
    public CompletionStage<Void> shutdown() {
        return client.shutdownAsync(0, 2, TimeUnit.SECONDS);
    }

    /** {@code redis-cluster://a:1,b:2} or {@code redis://a:1,redis://b:2}. */
    static List<RedisURI> seeds(String uri) {
        if (uri.startsWith("redis-cluster://") || uri.startsWith("rediss-cluster://")) {
            return RedisClusterURIUtil.toRedisURIs(
                    URI.create(uri.replaceFirst("-cluster://", "://")));
        }
        return Arrays.stream(uri.split(",", -1)).map(RedisURI::create).toList();
    }

    private static Link link(StatefulRedisClusterConnection<byte[], byte[]> connection) {
        return new Link(connection, connection.async());
    }
}
