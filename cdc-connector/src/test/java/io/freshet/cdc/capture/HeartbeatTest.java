package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}']}";

    @Test
    void shouldReachEveryPartitionInOrderWithTheChanges() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            rig.startAndForgetBarriers(RULES);

            for (int id = 0; id < 40; id++) {
                rig.sql("INSERT INTO item VALUES (" + id + ")");
                await().pollDelay(Duration.ofMillis(25)).until(() -> true);
            }
            rig.awaitAllDelivered();

            for (int p = 0; p < CaptureRig.PARTITIONS; p++) {
                assertThat(rig.inbox.heartbeats(p)).hasSizeGreaterThan(3);
                assertInOrder(rig, p);
            }
            assertThat(rig.inbox.targets()).hasSize(40).contains(key("items", "39"));
        }
    }

    /** A change below a heartbeat's LSN never stands behind it in the same partition. */
    private static void assertInOrder(CaptureRig rig, int partition) {
        List<InboxReader.Arrived> arrived =
                rig.inbox.all().stream().filter(a -> a.partition() == partition).toList();
        Event.Heartbeat last = null;
        for (InboxReader.Arrived a : arrived) {
            switch (a.event()) {
                case Event.Heartbeat heartbeat -> {
                    if (last != null) {
                        assertThat(heartbeat.lsn()).isGreaterThan(last.lsn());
                        assertThat(heartbeat.at()).isAfterOrEqualTo(last.at());
                    }
                    last = heartbeat;
                }
                case Event.Invalidation change -> {
                    if (last != null) {
                        assertThat(change.lsn()).isGreaterThan(last.lsn());
                    }
                }
                case Event.Replaced replaced -> throw new AssertionError(replaced);
            }
        }
    }
}
