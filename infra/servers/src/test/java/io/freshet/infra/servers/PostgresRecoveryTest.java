package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // fields set before all tests
class PostgresRecoveryTest {
    private final EmbeddedServers servers = new EmbeddedServers();
    private Path directory;
    private PostgresServer postgres;

    @BeforeAll
    void start(@TempDir Path temporary) throws SQLException {
        directory = temporary.resolve("postgres");
        postgres = servers.startPostgres(PostgresOptions.in(directory));
        execute("CREATE TABLE note (value text)");
        execute("INSERT INTO note VALUES ('kept')");
    }

    @BeforeEach
    void beUp() {
        if (!postgres.isAlive()) {
            postgres.restart();
        }
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    @Test
    void shouldNotTakeAnotherProgramForItsPostmaster() throws Exception {
        postgres.kill();
        Path lock = directory.resolve("data/postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(lock));
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(lock, lines);

        postgres.restart();

        assertThat(note()).isEqualTo("kept");
    }

    @Test
    void shouldTakeALockThatWasHalfWritten() throws Exception {
        postgres.kill();
        Files.writeString(directory.resolve("data/postmaster.pid"), "");

        postgres.restart();

        assertThat(note()).isEqualTo("kept");
    }

    @Test
    void shouldEndWhatAKilledPostmasterLeftBehind() throws Exception {
        postgres.pause();
        ProcessHandle postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
        List<ProcessHandle> frozen = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
        assertThat(frozen).isNotEmpty().allMatch(ProcessHandle::isAlive);

        postgres.restart();

        // Killed for certain, but whoever inherits orphans has yet to take note of it.
        await().untilAsserted(() -> assertThat(frozen).noneMatch(ProcessHandle::isAlive));
        assertThat(note()).isEqualTo("kept");
    }

    @Test
    void shouldRefuseADirectoryInWhichAnEarlierStartStillRuns() {
        assertThatThrownBy(() -> servers.startPostgres(PostgresOptions.in(directory)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("still runs there")
                .hasMessageContaining("kill -INT " + postgres.pid());
    }

    @Test
    void shouldRefuseADirectoryInWhichAPostmasterRunsThatItDoesNotKnow() throws IOException {
        Files.delete(directory.resolve("server.pid"));

        assertThatThrownBy(() -> servers.startPostgres(PostgresOptions.in(directory)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("was not started here")
                .hasMessageContaining("kill -INT " + postgres.pid());
        assertThat(postgres.isAlive()).isTrue();
    }

    @Test
    void shouldFindAndStopWhatAnEarlierStartLeft() throws SQLException {
        postgres.restart();

        LeftServer.in(directory).orElseThrow().stop();

        assertThat(postgres.isAlive()).isFalse();
        assertThat(LeftServer.in(directory)).isEmpty();
        postgres.restart();
        assertThat(note()).isEqualTo("kept");
    }

    @Test
    void shouldRefuseTheDataOfAnotherVersion() throws IOException {
        postgres.close();
        Path version = directory.resolve("data/PG_VERSION");
        Files.writeString(version, "17\n");

        try {
            assertThatThrownBy(postgres::restart)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("made by version 17")
                    .hasMessageContaining("move it away");
        } finally {
            Files.writeString(version, "18\n");
        }
    }

    @Test
    void shouldStartOverWhenTheFirstStartWasInterrupted(@TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve("data.new/base"));
        Files.writeString(other.resolve("data.new/PG_VERSION"), "18\n");

        try (PostgresServer fresh = servers.startPostgres(PostgresOptions.in(other))) {
            assertThat(fresh.isAlive()).isTrue();
            assertThat(other.resolve("data.new")).doesNotExist();
        }
    }

    @Test
    void shouldSayWhyItDoesNotStart() {
        postgres.close();
        PostgresOptions wrong =
                PostgresOptions.in(directory).settings(Map.of("wal_level", "sideways"));

        assertThatThrownBy(() -> servers.startPostgres(wrong))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("invalid value for parameter \"wal_level\"");
    }

    private String note() throws SQLException {
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT value FROM note")) {
            result.next();
            return result.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
