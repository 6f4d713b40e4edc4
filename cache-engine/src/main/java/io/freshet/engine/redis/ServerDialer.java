package io.freshet.engine.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connects to one server, named by its address or by a Sentinel. */
final class ServerDialer implements Dialer {

    private final RedisClient client;
    private final RedisURI uri;

    ServerDialer(RedisTarget target, RedisOptions options, ClientResources resources) {
        ClientOptions.Builder clientOptions = ClientOptions.builder();
        Dialer.configure(clientOptions, options);
        uri = target.uris().getFirst();
        client = RedisClient.create(resources);
        client.setOptions(clientOptions.build());
    }

    @Override
    public CompletionStage<Link> dial() {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenApply(ServerDialer::link);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> listen() {
        return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri);
    }

    @Override
    public CompletionStage<List<String>> info(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        return commands.info().thenApply(List::of);
    }

    @Override
    public CompletionStage<Void> shutdown() {
        return client.shutdownAsync(0, 2, TimeUnit.SECONDS);
    }

    private static Link link(StatefulRedisConnection<byte[], byte[]> connection) {
        return new Link(connection, connection.async());
    }
}
