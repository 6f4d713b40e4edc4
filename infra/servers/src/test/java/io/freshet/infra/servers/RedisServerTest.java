package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedisServerTest extends ServerContract<RedisServer> {

    @Override
    RedisServer start(Path directory, int port) {
        return provider.startRedis(
                RedisOptions.in(directory)
                        .port(port)
                        .persistence(RedisOptions.Persistence.ALWAYS)
                        .settings(Map.of("hz", "20")));
    }

    @Override
    int port(RedisServer server) {
        return server.port();
    }

    @Override
    void write(RedisServer server, String value) {
        ask(server, redis -> redis.set("note", value));
    }

    @Override
    String read(RedisServer server) {
        return ask(server, redis -> redis.get("note"));
    }

    @Test
    void shouldNeverEvict() {
        assertThat(directive("maxmemory-policy")).isEqualTo("noeviction");
    }

    @Test
    void shouldTakeTheCallersDirectives() {
        assertThat(directive("hz")).isEqualTo("20");
    }

    private @Nullable String directive(String name) {
        return ask(server, redis -> redis.configGet(name)).get(name);
    }

    private static <T> T ask(RedisServer server, Function<RedisCommands<String, String>, T> ask) {
        try (RedisClient client = RedisClient.create(server.uri());
                var connection = client.connect()) {
            return ask.apply(connection.sync());
        }
    }
}
