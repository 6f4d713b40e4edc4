package io.freshet.engine.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Opens connections: to one server, or to a Cluster. */
sealed interface Dialer permits ServerDialer, ClusterDialer {

    CompletionStage<Link> dial();

    /** What {@code INFO} says, of every server that takes writes. */
    CompletionStage<List<String>> info(Link link);

    /** Closes every connection. */
    CompletionStage<Void> shutdown();

    /**
     * What is the same for both.
     *
     * <p>Nothing is sent again after a reconnect: whoever asked has been told that it failed. A PUT
     * that came through late would overwrite one that was acknowledged since; everything else could
     * be repeated, but its caller has long done so or gone on.
     */
    static void configure(ClientOptions.Builder client, RedisOptions options) {
        client.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .autoReconnect(true)
                .replayFilter(_ -> true)
                .requestQueueSize(options.requestQueueSize())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(options.commandTimeout()))
                .socketOptions(
                        SocketOptions.builder()
                                .connectTimeout(options.connectTimeout())
                                .keepAlive(true)
                                .build());
    }
}
