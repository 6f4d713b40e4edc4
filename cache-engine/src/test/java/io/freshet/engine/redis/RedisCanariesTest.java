package io.freshet.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X8, F1: a loss of what Redis held is told once, to one of those who look. */
class RedisCanariesTest {

    private static final Duration IMPATIENCE = Duration.ofSeconds(1);

    @TempDir Path directory;

    private TestRedis redis;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldTellOfALossOnce() {
        // given
        var canaries = new RedisCanaries(redis.connections, redis.keys);
        var others = new RedisCanaries(redis.connections, redis.keys);
        canaries.restore();
        assertThat(canaries.restore()).isZero();

        // when: a part of what Redis held is gone.
        TestRedis.await(
                redis.connections.call(
                        Op.PING,
                        commands -> commands.del(redis.keys.canary(3), redis.keys.canary(5))));

        // then
        assertThat(others.restore()).isEqualTo(2);
        assertThat(canaries.restore()).isZero();
    }

    /** A server that does what it is told too late to say so. */
    @Test
    void shouldTellOfALossWhenRedisDoesNotAnswerInTime() {
        // given
        try (RedisServer server = OwnRedis.start(directory);
                var impatient =
                        RedisConnector.connect(
                                RedisOptions.of(server.uri()).commandTimeout(IMPATIENCE),
                                redis.meters);
                var client = RedisClient.create(server.uri());
                var plain = client.connect()) {
            var canaries = new RedisCanaries(impatient, redis.keys);

            // when: whatever writes waits, and is done in the end.
            plain.sync()
                    .dispatch(
                            CommandType.CLIENT,
                            new StatusOutput<>(StringCodec.UTF8),
                            new CommandArgs<>(StringCodec.UTF8)
                                    .add("PAUSE")
                                    .add(IMPATIENCE.multipliedBy(3).toMillis())
                                    .add("WRITE"));

            // then
            assertThat(canaries.restore()).isEqualTo(16);
            await().ignoreExceptions().until(() -> canaries.restore() == 0);
        }
    }
}
