package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ContainersOnly
class ContainerServersTest {
    private static final String IMAGE = "freshet.image.redis";

    private final ServerProvider servers = ServerProvider.configured();

    @TempDir Path directory;

    @Test
    void shouldForgetWhatIsDiscarded() {
        try (RedisServer redis = start("redis")) {
            write(redis, "kept");
        }

        servers.discard(directory);

        try (RedisServer redis = start("redis")) {
            assertThat(read(redis)).isNull();
        }
    }

    @Test
    void shouldKeepTheDataOfEachDirectoryApart() {
        try (RedisServer one = start("one");
                RedisServer two = start("two")) {
            write(one, "first");

            assertThat(read(two)).isNull();
        }
    }

    @Test
    void shouldRefuseADirectoryInWhichAnotherOneRuns() {
        try (RedisServer earlier = start("redis")) {
            assertThatThrownBy(() -> start("redis"))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("still runs there");

            assertThat(earlier.isAlive()).isTrue();
        }
    }

    @Test
    void shouldSayWhyAServerDoesNotStart() {
        RedisOptions wrong = RedisOptions.in(directory).settings(Map.of("hz", "often"));

        assertThatThrownBy(() -> servers.startRedis(wrong))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("hz");
    }

    @Test
    void shouldSayWhatToDoAboutAMissingImage() {
        String configured = System.getProperty(IMAGE);
        // Nobody listens there, so nothing can be pulled.
        System.setProperty(IMAGE, "127.0.0.1:9/absent");
        try {
            assertThatThrownBy(() -> start("redis"))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("no image 127.0.0.1:9/absent")
                    .hasMessageContaining("-D" + IMAGE);
        } finally {
            if (configured == null) {
                System.clearProperty(IMAGE);
            } else {
                System.setProperty(IMAGE, configured);
            }
        }
    }

    private RedisServer start(String name) {
        return servers.startRedis(
                RedisOptions.in(directory.resolve(name))
                        .persistence(RedisOptions.Persistence.ALWAYS));
    }

    private static void write(RedisServer redis, String value) {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            connection.sync().set("note", value);
        }
    }

    private static @Nullable String read(RedisServer redis) {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            return connection.sync().get("note");
        }
    }
}
