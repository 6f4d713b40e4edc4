package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedOnly
class RedisRecoveryTest {
    private final EmbeddedServers servers = new EmbeddedServers();

    @TempDir Path directory;

    @Test
    void shouldDropTheHalfOfACommandThatAKillLeftInTheLog() throws IOException {
        try (RedisServer redis = start()) {
            set(redis, "first", "whole");
            redis.kill();
            Path log = directory.resolve("appendonlydir/appendonly.aof.1.incr.aof");
            Files.writeString(log, "*3\r\n$3\r\nSET\r\n$6\r\nsec", StandardOpenOption.APPEND);

            redis.restart();

            assertThat(get(redis, "first")).isEqualTo("whole");
            assertThat(get(redis, "second")).isNull();
        }
    }

    @Test
    void shouldSayWhatToDoAboutADamagedLog() throws IOException {
        try (RedisServer redis = start()) {
            set(redis, "first", "whole");
            redis.kill();
            Path log = directory.resolve("appendonlydir/appendonly.aof.1.incr.aof");
            String content = Files.readString(log);
            Files.writeString(log, "rubbish\r\n" + content, StandardCharsets.UTF_8);

            assertThatThrownBy(redis::restart)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("delete " + directory)
                    .hasMessageContaining("Bad file format");
        }
    }

    @Test
    void shouldRemoveSnapshotsThatWereNeverFinished() throws IOException {
        Path half = Files.writeString(directory.resolve("temp-4711.rdb"), "REDIS00");

        try (RedisServer redis = start()) {
            assertThat(redis.isAlive()).isTrue();
            assertThat(half).doesNotExist();
        }
    }

    @Test
    void shouldRefuseADirectoryInWhichAnEarlierStartStillRuns() {
        try (RedisServer earlier = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("still runs there")
                    .hasMessageContaining("kill -TERM " + earlier.pid());
        }
    }

    @Test
    void shouldFindAndStopWhatAnEarlierStartLeft() {
        RedisServer left = start();
        set(left, "first", "kept");

        LeftServer found = LeftServer.in(directory).orElseThrow();
        found.stop();

        assertThat(found.pid()).isEqualTo(left.pid());
        assertThat(left.isAlive()).isFalse();
        assertThat(LeftServer.in(directory)).isEmpty();
        try (RedisServer next = start()) {
            assertThat(get(next, "first")).isEqualTo("kept");
        }
    }

    @Test
    void shouldNotTakeAnotherProgramForAnEarlierStart() throws IOException {
        Files.writeString(
                directory.resolve("server.pid"), ProcessHandle.current().pid() + "\nTERM\n");

        assertThat(LeftServer.in(directory)).isEmpty();
        try (RedisServer redis = start()) {
            assertThat(redis.isAlive()).isTrue();
        }
    }

    @Test
    void shouldForgetEverythingWithoutPersistence() {
        RedisOptions forgetful = RedisOptions.in(directory);
        try (RedisServer redis = servers.startRedis(forgetful)) {
            set(redis, "first", "gone");

            redis.restart();

            assertThat(get(redis, "first")).isNull();
        }
    }

    private RedisServer start() {
        return servers.startRedis(
                RedisOptions.in(directory).persistence(RedisOptions.Persistence.ALWAYS));
    }

    private static void set(RedisServer redis, String key, String value) {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            connection.sync().set(key, value);
        }
    }

    private static @Nullable String get(RedisServer redis, String key) {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            return connection.sync().get(key);
        }
    }
}
