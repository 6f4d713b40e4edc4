package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every server promises, whichever provider starts it. */
@SuppressWarnings("NullAway.Init") // fields set before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract<S extends RunningServer> {
    final ServerProvider provider = ServerProvider.configured();

    Path directory;
    S server;

    /** Starts one that loses nothing that it acknowledged. */
    abstract S start(Path directory, int port);

    abstract int port(S server);

    /** Writes a value with a client. */
    abstract void write(S server, String value) throws Exception;

    /** Reads with a new client what was written last. */
    abstract String read(S server) throws Exception;

    @BeforeAll
    void startServer(@TempDir Path directory) {
        this.directory = directory;
        server = start(directory.resolve("shared"), 0);
    }

    @AfterAll
    void stopServer() {
        server.close();
        provider.discard(directory.resolve("shared"));
    }

    @Test
    void shouldAnswerAClient() throws Exception {
        write(server, "hello");

        assertThat(read(server)).isEqualTo("hello");
    }

    @Test
    void shouldFindItsDataAgainInTheSameDirectory() throws Exception {
        write(server, "kept");
        server.close();

        server = start(directory.resolve("shared"), 0);

        assertThat(read(server)).isEqualTo("kept");
    }

    @Test
    void shouldComeBackAfterAKill() throws Exception {
        write(server, "survivor");
        int port = port(server);

        server.kill();

        assertThat(server.isAlive()).isFalse();
        server.restart();
        assertThat(read(server)).isEqualTo("survivor");
        assertThat(port(server)).isEqualTo(port);
    }

    @Test
    void shouldAnswerNothingWhilePausedAndGoOnAfterwards() throws Exception {
        write(server, "patient");
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            server.pause();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::read, reader);
            await().during(Duration.ofMillis(700)).until(() -> !answer.isDone());
            assertThat(server.isAlive()).isTrue();

            server.resume();

            await().untilAsserted(() -> assertThat(answer).isCompletedWithValue("patient"));
        }
    }

    @Test
    void shouldStopAPausedServerCleanly() throws Exception {
        write(server, "unhurt");
        server.pause();

        server.close();

        assertThat(server.isAlive()).isFalse();
        server.restart();
        assertThat(read(server)).isEqualTo("unhurt");
    }

    @Test
    void shouldLeaveNoProcessHoweverOftenItIsClosed() {
        long pid = server.pid();

        server.close();
        server.close();

        assertThat(server.isAlive()).isFalse();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        server.restart();
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void shouldNameThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> start(directory.resolve("other"), port))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("Port " + port + " is taken");
        }
    }

    private String read() {
        try {
            return read(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
