package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RestartTest {

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}']}";

    @Test
    void shouldLoseNothingWhenItStopsInTheMiddle() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var rig = new CaptureRig()) {
            rig.sql(
                    "CREATE TABLE item (id int PRIMARY KEY, version int)",
                    "INSERT INTO item SELECT g, 0 FROM generate_series(1, 2000) g");
            rig.startAndForgetBarriers(RULES);
            var writing = new AtomicBoolean(true);
            CompletableFuture<Set<Long>> writer =
                    CompletableFuture.supplyAsync(() -> write(rig, random, writing));

            for (int restart = 0; restart < 4; restart++) {
                int seen = rig.inbox.invalidations().size();
                await().atMost(CaptureRig.PATIENCE)
                        .until(() -> rig.inbox.invalidations().size() > seen + 50);
                rig.stop();
                rig.start(RULES);
            }
            writing.set(false);
            Set<Long> written = writer.join();
            rig.awaitAllDelivered();

            assertThat(rig.barriers()).as("nothing was lost, so there is no barrier").isEmpty();
            Set<Long> told =
                    rig.inbox.invalidations().stream()
                            .map(event -> event.cause().transaction())
                            .collect(Collectors.toSet());
            written.removeAll(told);
            assertThat(written).as("not told, seed %d", seed).isEmpty();
        }
    }

    @Test
    void shouldDeliverALargeTransactionWholeWhenItStopsInsideIt() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            rig.startAndForgetBarriers(RULES);

            rig.sql("INSERT INTO item SELECT g FROM generate_series(1, 60000) g");
            await().atMost(CaptureRig.PATIENCE)
                    .until(() -> rig.inbox.invalidations().size() > 1000);
            rig.stop();
            int before = rig.inbox.invalidations().size();
            rig.start(RULES);
            rig.awaitAllDelivered();

            Set<String> keys =
                    rig.inbox.invalidations().stream()
                            .map(event -> event.target().toString())
                            .collect(Collectors.toSet());
            assertThat(keys).hasSize(60_000);
            assertThat(rig.inbox.invalidations()).hasSizeGreaterThan(before);
        }
    }

    @Test
    void shouldNotTellAgainOfWhatWasPassedLongBefore() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            rig.startAndForgetBarriers(RULES);
            rig.sql("INSERT INTO item VALUES (1)");
            rig.awaitAllDelivered();
            String passed = rig.text("SELECT pg_current_wal_lsn()::text");
            await().atMost(CaptureRig.PATIENCE)
                    .until(() ->
                            rig.text(
                                            ("SELECT confirmed_flush_lsn > '%s'::pg_lsn FROM"
                                                            + " pg_replication_slots WHERE slot_name = '%s'")
                                                    .formatted(passed, rig.slot))
                                    .equals("t"));
            rig.stop();
            rig.inbox.forget();

            rig.start(RULES);
            rig.sql("INSERT INTO item VALUES (2)");

            assertThat(rig.targetsAfterAllDelivered())
                    .containsExactly(CaptureRig.key("items", "2"));
        }
    }

    private static Set<Long> write(CaptureRig rig, Random random, AtomicBoolean writing) {
        var transactions = new HashSet<Long>();
        try {
            while (writing.get()) {
                int id = 1 + random.nextInt(1995);
                transactions.add(
                        rig.transaction(
                                "UPDATE item SET version = version + 1 WHERE id BETWEEN %d AND %d"
                                        .formatted(id, id + random.nextInt(4))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return transactions;
    }
}
