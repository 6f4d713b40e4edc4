package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Target;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connectors as they are deployed, which die or hang; stand-bys take over, and nothing is lost. */
class ConnectorProcessTest {

    private static final Logger log = LoggerFactory.getLogger(ConnectorProcessTest.class);

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}']}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SENDER_TIMEOUT = Duration.ofSeconds(2);
    private static final int LARGE = 100_000;

    @TempDir private Path directory;

    @Test
    void shouldTellEveryKeyOfALargeTransactionThatItWasKilledIn() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            try (var connector = start(rig)) {
                connector.awaitState("capturing");
                rig.sql("INSERT INTO item SELECT g FROM generate_series(1, " + LARGE + ") g");
                await().atMost(PATIENCE).until(() -> rig.inbox.targets().size() > 1_000);
                connector.kill();
            }
            int told = keys(rig).size();

            try (var _ = start(rig).awaitState("capturing")) {
                rig.awaitAllDelivered(PATIENCE);
            }

            assertThat(told).as("it was killed inside the transaction").isLessThan(LARGE);
            assertThat(keys(rig)).hasSize(LARGE);
            assertThat(lossesAfterTheFirstStart(rig)).isEmpty();
        }
    }

    @Test
    void shouldTakeOverFromOneThatWasKilledAndFromOneThatHangs() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            var writing = new AtomicBoolean(true);
            var written = new AtomicInteger();
            try (var first = start(rig).awaitState("capturing");
                    var second = start(rig);
                    var third = start(rig)) {
                second.awaitState("waiting");
                third.awaitState("waiting");
                Thread writer =
                        Thread.ofPlatform().daemon().start(() -> write(rig, writing, written));
                await().atMost(PATIENCE).until(() -> keys(rig).size() > 50);

                first.kill();
                ConnectorProcess active = report("killed", () -> firstToCapture(second, third));
                ConnectorProcess standBy = active.equals(second) ? third : second;
                active.freeze();
                report("hangs", () -> standBy.awaitState("capturing"));
                active.thaw();
                active.awaitState("waiting");
                writing.set(false);

                writer.join();
                rig.awaitAllDelivered(PATIENCE);
            }
            assertThat(keys(rig)).hasSize(written.get());
            assertThat(lossesAfterTheFirstStart(rig)).isEmpty();
        }
    }

    private ConnectorProcess start(CaptureRig rig) throws Exception {
        return ConnectorProcess.start(rig, RULES, directory, SENDER_TIMEOUT);
    }

    private static ConnectorProcess firstToCapture(ConnectorProcess a, ConnectorProcess b) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> a.isIn("capturing") || b.isIn("capturing"));
        return a.isIn("capturing") ? a : b;
    }

    private static ConnectorProcess report(String what, Supplier<ConnectorProcess> takeOver) {
        long begin = System.nanoTime();
        ConnectorProcess active = takeOver.get();
        log.atWarn()
                .addKeyValue("active", what)
                .addKeyValue("millis", (System.nanoTime() - begin) / 1_000_000)
                .log("a stand-by took over");
        return active;
    }

    private static void write(CaptureRig rig, AtomicBoolean writing, AtomicInteger written) {
        try (var connection = rig.database.connect();
                var insert = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            while (writing.get()) {
                insert.setInt(1, written.get() + 1);
                insert.executeUpdate();
                written.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Target> keys(CaptureRig rig) {
        return rig.inbox.targets().stream()
                .filter(Target.OfKey.class::isInstance)
                .collect(Collectors.toSet());
    }

    private static Set<String> lossesAfterTheFirstStart(CaptureRig rig) {
        return rig.barriers().stream()
                .map(event -> String.valueOf(event.cause().detail()))
                .filter(detail -> !detail.equals("first start"))
                .collect(Collectors.toSet());
    }
}
