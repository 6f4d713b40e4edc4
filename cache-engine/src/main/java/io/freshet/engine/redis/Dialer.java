package io.freshet.engine.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Opens connections: to one server, or to a Cluster. */
sealed interface Dialer permits ServerDialer, ClusterDialer {

    CompletionStage<Link> dial();

    /** A connection that hears what is published. */
    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> listen();

    /** What {@code INFO} says, of every server that takes writes. */
    CompletionStage<List<String>> info(RedisClusterAsyncCommands<byte[], byte[]> commands);

    /** Closes every connection. */
    CompletionStage<Void> shutdown();

    /**
     * What is the same for both.
     *
     * <p>Rejecting commands while disconnected also fails what was under way when a connection
     * broke, so nothing is sent again after a reconnect. That matters for PUT: one that came
     * through late would overwrite another that was acknowledged since. Everything else could be
     * repeated without harm, but its caller has been told that it failed and has gone on.
     */
    static void configure(ClientOptions.Builder client, RedisOptions options) {
        client.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .autoReconnect(true)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(options.commandTimeout()))
                .socketOptions(
                        SocketOptions.builder()
                                .connectTimeout(options.connectTimeout())
                                .keepAlive(true)
                                .build());
    }
}
