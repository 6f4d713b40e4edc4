package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.InstalledPostgres;
import io.freshet.infra.servers.PostgresOptions;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** D5: nothing is lost in the audit, and nothing is in it twice, whatever befalls who writes it. */
class AuditUnderLoadTest {

    private static final Logger log = LoggerFactory.getLogger(AuditUnderLoadTest.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME = 300;
    private static final double SOON = 5;

    /** So that who is started again need not wait for the end of the killed one's session. */
    private static final String SAME = "--freshet.stream.instance-id=one";

    private final Path directory;
    private final Path data;
    private final Optional<PostgresServer> older;
    private final Installation installation;

    /** The audit of other tests is on the newest PostgreSQL; this one's is on an older one. */
    AuditUnderLoadTest(@TempDir Path directory) throws SQLException {
        this.directory = directory;
        data = directory.resolve("pg");
        older = InstalledPostgres.start(15, PostgresOptions.in(data));
        String name = SharedServers.freshName("audited");
        Database database = SharedServers.freshDatabase("stream");
        if (older.isPresent()) {
            PostgresServer server = older.get();
            server.createDatabase(name);
            database = new Database(server.jdbcUrl(name), server.user(), server.password(), name);
        }
        installation =
                new Installation(SharedServers.redis().uri(), directory.resolve("state"), database);
        installation.migrate();
    }

    @AfterEach
    void close() {
        installation.close();
        older.ifPresent(PostgresServer::close);
        ServerProvider.configured().discard(data);
    }

    @Test
    void shouldWriteDownEachInvalidationOnceThoughItIsKilledUnderLoad() throws Exception {
        // given
        var namespace = new Namespace(SharedServers.freshName("audited"));
        installation.declare(namespace);
        var stop = new AtomicBoolean();
        CompletableFuture<Long> load =
                CompletableFuture.supplyAsync(
                        () -> invalidate(namespace, stop),
                        task -> Thread.ofPlatform().daemon().name("load").start(task));

        // when
        try (var service = installation.fork(directory.resolve("killed.log"), SAME)) {
            await().atMost(PATIENCE).until(() -> installation.audited(namespace) > SOME);
            service.kill();
        }
        long written = installation.audited(namespace);
        try (var service = installation.start(SAME)) {
            await().atMost(PATIENCE).until(() -> installation.audited(namespace) > written + SOME);
            stop.set(true);
            long sent = load.join();

            // then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(installation.audited(namespace)).isEqualTo(sent));
            assertThat(installation.toldOtherThanOnce(namespace)).isEmpty();
            await().atMost(PATIENCE).until(() -> lagSeconds(service) < SOON);
            log.atWarn()
                    .addKeyValue("sent", sent)
                    .addKeyValue("written-when-killed", written)
                    .log("each is in the audit once");
        }
    }

    /** A key and a tag in turns, each tag another; answers how many. */
    private long invalidate(Namespace namespace, AtomicBoolean stop) {
        long sent = 0;
        while (!stop.get()) {
            installation.invalidateKey(namespace, new EntryKey("k" + sent));
            installation.invalidateTag(namespace, "t" + sent);
            sent += 2;
        }
        return sent;
    }

    private static double lagSeconds(ConfigurableApplicationContext service) throws Exception {
        return Installation.get(service, "prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("freshet_audit_lag_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
