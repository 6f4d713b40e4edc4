package io.freshet.infra.servers;

import io.freshet.infra.servers.container.ContainerImage;
import io.freshet.infra.servers.container.ContainerPlan;
import io.freshet.infra.servers.container.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis as a container. */
final class ContainerRedis extends ContainerServer implements RedisServer {
    private static final String DATA = "/data";

    private final RedisOptions options;

    private ContainerRedis(RedisOptions options, Engine engine) {
        super("Redis", engine, plan(options), options.startTimeout());
        this.options = options;
    }

    static ContainerRedis start(RedisOptions wanted, Engine engine) {
        return Ports.choose(
                wanted.port(),
                port -> {
                    ContainerRedis redis = new ContainerRedis(wanted.port(port), engine);
                    redis.start();
                    return redis;
                });
    }

    private static ContainerPlan plan(RedisOptions options) {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(List.of("--port", Integer.toString(options.port()), "--dir", DATA));
        // Clients come from outside the container, and only this machine reaches it.
        command.addAll(List.of("--bind", "0.0.0.0", "--protected-mode", "no"));
        command.addAll(RedisDirectives.arguments(RedisDirectives.of(options)));
        return new ContainerPlan(
                ContainerImage.configured("freshet.image.redis", "redis:7"),
                options.directory(),
                DATA,
                options.port(),
                Map.of(),
                Map.of(),
                command);
    }

    @Override
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    @Override
    public int port() {
        return options.port();
    }

    @Override
    boolean answers() {
        return RedisPing.answered("127.0.0.1", port());
    }
}
