package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.infra.servers.RedisServer;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to callers while Redis is gone, hangs, comes back or is not fit. */
class RedisConnectorTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    @TempDir Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RedisServer server;
    private RedisOptions options;

    @BeforeEach
    void start() {
        server = OwnRedis.start(directory);
        options = RedisOptions.of(server.uri()).commandTimeout(COMMAND_TIMEOUT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldStartWithoutRedisAndServeOnceItIsThere() {
        // given
        server.kill();

        try (var connections = RedisConnector.connect(options, meters)) {
            var store = store(connections);
            assertThat(connections.isConnected()).isFalse();
            assertThat(connected()).isZero();
            assertThatThrownBy(() -> await(store.read(USERS, ALICE)))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> await(store.readAll(USERS, List.of(ALICE))))
                    .isInstanceOf(StoreUnavailableException.class);

            // when
            server.restart();

            // then
            Awaitility.await().until(connections::isConnected);
            assertThat(await(store.read(USERS, ALICE)).entry()).isNull();
            assertThat(connected()).isOne();
        }
    }

    @Test
    void shouldFailAtOnceWhileRedisIsGoneAndComeBackByItself() {
        try (var connections = RedisConnector.connect(options, meters)) {
            var store = store(connections);
            await(connections.ping());

            // when
            server.kill();

            // then
            Awaitility.await().until(() -> !connections.isConnected());
            long begun = System.nanoTime();
            assertThatThrownBy(() -> await(store.read(USERS, ALICE)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("connection");
            assertThatThrownBy(() -> await(store.readAll(USERS, List.of(ALICE))))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> await(store.fill(USERS, ALICE, entry(1, "v"))))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(COMMAND_TIMEOUT);
            assertThat(errors("read", "connection")).isOne();
            assertThat(errors("fill", "connection")).isOne();

            // and when
            server.restart();

            // then: scripts are unknown to the new process, too
            Awaitility.await()
                    .atMost(Duration.ofSeconds(3))
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .untilAsserted(() ->
                            assertThat(await(store.put(USERS, ALICE, entry(1, "v"))))
                                    .isInstanceOf(PutOutcome.class));
        }
    }

    @Test
    void shouldTimeOutWhileRedisHangs() {
        try (var connections = RedisConnector.connect(options, meters)) {
            // given
            var store = store(connections);
            server.pause();

            // when
            var read = store.read(USERS, ALICE);
            var readAll = store.readAll(USERS, List.of(ALICE));

            // then
            assertThatThrownBy(() -> await(read))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("timeout");
            assertThatThrownBy(() -> await(readAll)).isInstanceOf(StoreUnavailableException.class);
            assertThat(errors("read", "timeout")).isOne();
            assertThat(errors("read_all", "timeout")).isOne();
            server.resume();
            assertThatCode(() -> await(connections.ping())).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNotSendAgainAfterAReconnect() {
        var patient = options.commandTimeout(Duration.ofSeconds(20));
        try (var connections = RedisConnector.connect(patient, meters)) {
            // given: a write that Redis has read and not begun
            var store = store(connections);
            client("PAUSE", "20000", "WRITE");
            var put = store.put(USERS, ALICE, entry(1, "late"));
            Awaitility.await()
                    .until(() ->
                            plainly(commands -> commands.clientList()).contains("cmd=evalsha"));

            // when
            plainly(commands -> commands.clientKill(KillArgs.Builder.typeNormal().skipme()));

            // then
            assertThatThrownBy(() -> await(put)).isInstanceOf(StoreUnavailableException.class);
            client("UNPAUSE");
            Awaitility.await().until(connections::isConnected);
            assertThat(await(store.read(USERS, ALICE)).entry()).isNull();
        }
    }

    @Test
    void shouldRefuseAtOnceWhatIsOverTheQueue() {
        var narrow = narrow(options, 10);
        try (var connections = RedisConnector.connect(narrow, meters)) {
            // given
            var store = store(connections);
            server.pause();

            // when
            List<CompletableFuture<?>> reads =
                    IntStream.range(0, 30)
                            .<CompletableFuture<?>>mapToObj(
                                    _ -> store.read(USERS, ALICE).toCompletableFuture())
                            .toList();

            // then
            assertThat(reads.stream().filter(CompletableFuture::isCompletedExceptionally))
                    .hasSize(20);
            assertThat(errors("read", "overload")).isEqualTo(20);
            server.resume();
            Awaitility.await().until(() -> reads.stream().allMatch(CompletableFuture::isDone));
            assertThatCode(() -> await(connections.ping())).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseARedisThatEvictsByItselfWhereThatIsRequired(boolean required) {
        // given
        configure("maxmemory-policy", "allkeys-lru");

        // when
        var connecting =
                assertThatCode(() ->
                        RedisConnector.connect(options.requireNoeviction(required), meters)
                                .close());

        // then
        if (required) {
            connecting
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("allkeys-lru")
                    .hasMessageContaining("Set maxmemory-policy noeviction");
        } else {
            connecting.doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        assertThatThrownBy(() -> RedisConnector.connect(RedisOptions.of("127.0.0.1"), meters))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RedisOptions narrow(RedisOptions o, int queue) {
        return new RedisOptions(
                o.uri(),
                o.prefix(),
                o.commandTimeout(),
                o.connectTimeout(),
                1,
                queue,
                o.reconnectDelay(),
                false,
                o.circuit());
    }

    private void configure(String name, String value) {
        plainly(commands -> commands.configSet(name, value));
    }

    private void client(String... arguments) {
        plainly(commands ->
                commands.dispatch(
                        CommandType.CLIENT,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addValues(arguments)));
    }

    private <T> T plainly(Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(server.uri());
        try (var plain = client.connect()) {
            return question.apply(plain.sync());
        } finally {
            client.shutdown();
        }
    }

    private static RedisEntryStore store(RedisConnections connections) {
        return new RedisEntryStore(connections, new RedisKeys(new Partitioning(4, 16), ""));
    }

    private double connected() {
        return meters.get("cache.store.connected").gauge().value();
    }

    private double errors(String op, String kind) {
        return meters.get("freshet.redis.errors").tag("op", op).tag("kind", kind).counter().count();
    }
}
