package io.freshet.engine.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection, its commands (those of a Cluster are also those of one server) and how many are
 * under way. They are counted here because Lettuce, which could refuse them too, logs a stack trace
 * for each.
 */
record Link(
        StatefulConnection<byte[], byte[]> connection,
        RedisClusterAsyncCommands<byte[], byte[]> commands,
        AtomicInteger underWay) {

    Link(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands) {
        this(connection, commands, new AtomicInteger());
    }

    /** Takes places for commands; false when more than {@code limit} would be under way. */
    boolean enter(int places, int limit) {
        if (underWay.addAndGet(places) <= limit) {
            return true;
        }
        leave(places);
        return false;
    }

    void leave(int places) {
        underWay.addAndGet(-places);
    }
}
