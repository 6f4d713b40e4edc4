package io.freshet.engine.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What to connect to: one server (or the Sentinels that know it), or a Cluster by some of its
 * servers.
 */
record RedisTarget(List<RedisURI> uris, boolean cluster) {

    private static final String CLUSTER_SCHEME = "-cluster://";

    RedisTarget {
        uris = List.copyOf(uris);
    }

    /**
     * Reads {@code freshet.redis.uri}.
     *
     * @throws IllegalArgumentException when it is none of the forms that {@link RedisOptions} names
     */
    static RedisTarget parse(String uri, Duration commandTimeout) {
        RedisTarget target;
        if (uri.contains(CLUSTER_SCHEME)) {
            var plain = URI.create(uri.replace(CLUSTER_SCHEME, "://"));
            target = new RedisTarget(RedisClusterURIUtil.toRedisURIs(plain), true);
        } else if (uri.indexOf("://") != uri.lastIndexOf("://")) {
            var servers = Arrays.stream(uri.split(",", -1)).map(RedisURI::create).toList();
            target = new RedisTarget(servers, true);
        } else {
            target = new RedisTarget(List.of(RedisURI.create(uri)), false);
        }
        target.uris.forEach(server -> server.setTimeout(commandTimeout));
        return target;
    }
}
