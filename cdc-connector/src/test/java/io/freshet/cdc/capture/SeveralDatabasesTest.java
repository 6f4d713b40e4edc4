package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A connector for each database, with a source name of its own, and one inbox. */
class SeveralDatabasesTest {

    private static final String CITIES =
            "- {name: cities, table: public.item, namespace: cities, keys: ['{id}']}";
    private static final String ORDERS =
            "- {name: orders, table: public.item, namespace: orders, keys: ['{id}']}";

    @Test
    void shouldTellOfEachDatabaseUnderItsOwnName() throws SQLException {
        try (var geo = new CaptureRig();
                var shop = geo.beside("shop")) {
            geo.sql("CREATE TABLE item (id int PRIMARY KEY)");
            shop.sql("CREATE TABLE item (id int PRIMARY KEY)");
            geo.startAndForgetBarriers(CITIES);
            shop.startAndForgetBarriers(ORDERS);
            geo.inbox.forget();

            geo.sql("INSERT INTO item VALUES (1)");
            shop.sql("INSERT INTO item VALUES (2)");

            await().atMost(CaptureRig.PATIENCE).until(() -> geo.inbox.targets().size() == 2);
            assertThat(told(geo, "primary")).containsExactly(key("cities", "1"));
            assertThat(told(geo, "shop")).containsExactly(key("orders", "2"));
        }
    }

    @Test
    void shouldGoOnWithOneDatabaseWhileTheOtherIsNotCaptured() throws SQLException {
        try (var geo = new CaptureRig();
                var shop = geo.beside("shop")) {
            geo.sql("CREATE TABLE item (id int PRIMARY KEY)");
            shop.sql("CREATE TABLE item (id int PRIMARY KEY)");
            geo.startAndForgetBarriers(CITIES);
            shop.startAndForgetBarriers(ORDERS);

            geo.stop();
            geo.sql("INSERT INTO item VALUES (1)");
            geo.inbox.forget();
            Lsn stopped = Lsn.parse(geo.text("SELECT pg_current_wal_insert_lsn()::text"));
            shop.sql("INSERT INTO item VALUES (2)");

            await().atMost(CaptureRig.PATIENCE)
                    .until(() ->
                            beats(geo, "shop").stream()
                                    .anyMatch(lsn -> lsn.compareTo(stopped) > 0));
            assertThat(beats(geo, "primary"))
                    .as("its watermark grows old")
                    .noneMatch(lsn -> lsn.compareTo(stopped) > 0);
            assertThat(told(geo, "shop")).containsExactly(key("orders", "2"));

            geo.start(CITIES);
            await().atMost(CaptureRig.PATIENCE)
                    .until(() -> told(geo, "primary").contains(key("cities", "1")));
            assertThat(geo.barriers()).as("neither lost anything").isEmpty();
        }
    }

    private static Set<Target> told(CaptureRig rig, String source) {
        return rig.inbox.invalidations().stream()
                .filter(event -> source.equals(event.cause().source()))
                .map(Event.Invalidation::target)
                .collect(Collectors.toSet());
    }

    private static Set<Lsn> beats(CaptureRig rig, String source) {
        return rig.inbox.heartbeats(0).stream()
                .map(arrived -> (Event.Heartbeat) arrived.event())
                .filter(heartbeat -> heartbeat.source().equals(source))
                .map(Event.Heartbeat::lsn)
                .collect(Collectors.toSet());
    }
}
