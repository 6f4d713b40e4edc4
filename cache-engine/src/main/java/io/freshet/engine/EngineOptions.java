package io.freshet.engine;

import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisOptions;
import java.time.Duration;

/**
 * What a node is configured with.
 *
 * @param node names it in events and telemetry; unique among living nodes
 * @param database the source whose commit positions readers may name
 * @param nearMaxBytes size of the node's own copies
 * @param limits how much of the log it remembers
 * @param tracer is told when records of the log are in force
 * @param pace how long records of the log gather while many come
 */
public record EngineOptions(
        String node,
        String database,
        KafkaOptions kafka,
        RedisOptions redis,
        long nearMaxBytes,
        ViewLimits limits,
        Tracer tracer,
        Duration pace) {

    /** 64 MiB. */
    public static final long DEFAULT_NEAR_MAX_BYTES = 64L << 20;

    /** Of a node that is not traced. */
    public EngineOptions(
            String node,
            String database,
            KafkaOptions kafka,
            RedisOptions redis,
            long nearMaxBytes,
            ViewLimits limits) {
        this(node, database, kafka, redis, nearMaxBytes, limits, Tracer.off(), Duration.ZERO);
    }

    /** The same, traced. */
    public EngineOptions tracedBy(Tracer tracer) {
        return new EngineOptions(node, database, kafka, redis, nearMaxBytes, limits, tracer, pace);
    }

    /** The same, whose log comes in larger pieces. */
    public EngineOptions pacedBy(Duration pace) {
        return new EngineOptions(node, database, kafka, redis, nearMaxBytes, limits, tracer, pace);
    }
}
