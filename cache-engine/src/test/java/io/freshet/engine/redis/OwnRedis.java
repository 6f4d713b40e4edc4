package io.freshet.engine.redis;

import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import java.nio.file.Path;
import java.util.Map;

/** Starts servers that a test may hurt. */
final class OwnRedis {

    private OwnRedis() {}

    static RedisServer start(Path directory) {
        return start(directory, Map.of());
    }

    static RedisServer start(Path directory, Map<String, String> settings) {
        return ServerProvider.configured()
                .startRedis(io.freshet.infra.servers.RedisOptions.in(directory).settings(settings));
    }
}
