package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import io.freshet.infra.servers.PostgresOptions;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.ServerProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A synchronous standby is missing: a COMMIT hangs, delivered to the slot but not visible. */
class HungStandbyTest {

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}'],"
                    + " strategy: write, columns: [id, version]}";
    private static final Duration WAIT = Duration.ofMillis(1500);

    @TempDir private Path directory;
    private PostgresServer server;
    private CaptureRig rig;

    @BeforeEach
    void startCapture() throws SQLException {
        server =
                ServerProvider.configured()
                        .startPostgres(PostgresOptions.in(directory.resolve("pg")));
        rig = CaptureRig.on(server);
        rig.sql(
                "CREATE TABLE item (id int PRIMARY KEY, version int)",
                "INSERT INTO item SELECT g, 0 FROM generate_series(1, 10) g");
        rig.start(RULES, rig.settings(WAIT));
        rig.awaitCapturing();
        rig.awaitAllDelivered();
        rig.inbox.forget();
    }

    @AfterEach
    void stop() throws SQLException {
        rig.close();
        server.close();
        ServerProvider.configured().discard(directory.resolve("pg"));
    }

    @Test
    void shouldHoldBackThenPublishEarlyThenAgainWhenVisible() throws Exception {
        missAStandby();
        long start = System.nanoTime();
        CompletableFuture<Void> commit = update(1);
        await().until(this::isCommitHanging);

        await().pollInterval(Duration.ofMillis(10))
                .atMost(CaptureRig.PATIENCE)
                .until(() -> !rig.inbox.targets().isEmpty());
        Duration held = Duration.ofNanos(System.nanoTime() - start);

        assertThat(held).isGreaterThan(WAIT);
        assertThat(rig.inbox.targets()).containsExactly(key("items", "1"));
        assertThat(rig.text("SELECT version FROM item WHERE id = 1")).isEqualTo("0");
        assertThat(commit).isNotDone();
        assertThat(rig.meters.get("freshet.capture.early.publications").counter().count())
                .isEqualTo(1);

        rig.sql(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                        + " WHERE wait_event = 'SyncRep'");
        commit.join();
        await().atMost(CaptureRig.PATIENCE).until(() -> rig.inbox.targets().size() == 2);

        assertThat(rig.text("SELECT version FROM item WHERE id = 1")).isEqualTo("1");
        assertThat(rig.inbox.targets()).containsExactly(key("items", "1"), key("items", "1"));
        Event.Invalidation again = rig.inbox.invalidations().getLast();
        assertThat(again).isEqualTo(rig.inbox.invalidations().getFirst());
        assertThat(again.row()).isNull();
        rig.awaitAllDelivered();
    }

    @Test
    void shouldNotLetHeartbeatsOrTheRestartPositionPass() throws Exception {
        rig.awaitAllDelivered();
        missAStandby();
        CompletableFuture<Void> commit = update(1);
        await().until(this::isCommitHanging);
        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.inbox.targets().isEmpty());
        Lsn commitLsn = requireNonNull(rig.inbox.invalidations().getFirst().lsn());
        Lsn slotAt = Lsn.parse(confirmed());
        rig.inbox.forget();

        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        for (int p = 0; p < CaptureRig.PARTITIONS; p++) {
            assertThat(rig.inbox.heartbeats(p))
                    .allSatisfy(arrived ->
                            assertThat(((Event.Heartbeat) arrived.event()).lsn())
                                    .isLessThan(commitLsn));
        }
        assertThat(slotAt).isLessThan(commitLsn);
        assertThat(Lsn.parse(confirmed())).isLessThan(commitLsn);

        endTheWait();
        commit.join();
        rig.awaitAllDelivered();
        await().atMost(CaptureRig.PATIENCE)
                .until(() -> Lsn.parse(confirmed()).compareTo(commitLsn) >= 0);
    }

    @Test
    void shouldPublishAgainAfterARestartInBetween() throws Exception {
        missAStandby();
        CompletableFuture<Void> commit = update(1);
        await().until(this::isCommitHanging);
        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.inbox.targets().isEmpty());

        rig.stop();
        rig.inbox.forget();
        endTheWait();
        commit.join();
        rig.start(RULES, rig.settings(WAIT));

        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.inbox.targets().isEmpty());
        assertThat(rig.inbox.targets()).containsExactly(key("items", "1"));
        assertThat(rig.barriers()).isEmpty();
    }

    @Test
    void shouldGoOnWithOtherTransactionsWhileOneIsOwed() throws Exception {
        missAStandby();
        CompletableFuture<Void> commit = update(1);
        await().until(this::isCommitHanging);
        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.inbox.targets().isEmpty());

        rig.sql("SET synchronous_commit = local", "UPDATE item SET version = 5 WHERE id = 2");

        await().atMost(CaptureRig.PATIENCE)
                .until(() -> rig.inbox.targets().contains(key("items", "2")));
        endTheWait();
        commit.join();
        await().atMost(CaptureRig.PATIENCE)
                .until(() ->
                        rig.inbox.targets().stream().filter(key("items", "1")::equals).count()
                                == 2);
    }

    private CompletableFuture<Void> update(int id) {
        return CompletableFuture.runAsync(() -> {
            try {
                rig.sql("UPDATE item SET version = version + 1 WHERE id = " + id);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private boolean isCommitHanging() throws SQLException {
        return rig.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                .equals("1");
    }

    private String confirmed() throws SQLException {
        return rig.text(
                "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '"
                        + rig.slot
                        + "'");
    }

    private void missAStandby() throws SQLException {
        rig.sql("ALTER SYSTEM SET synchronous_standby_names = 'absent'", "SELECT pg_reload_conf()");
        await().until(() -> rig.text("SHOW synchronous_standby_names").equals("absent"));
    }

    private void endTheWait() throws SQLException {
        rig.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
    }
}
