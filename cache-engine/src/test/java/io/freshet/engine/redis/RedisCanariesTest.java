package io.freshet.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** X8, F1: a loss of what Redis held is told once, to one of those who look. */
class RedisCanariesTest {

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
}
