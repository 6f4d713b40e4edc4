package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.all;
import static io.freshet.cdc.capture.CaptureRig.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.freshet.cdc.position.CapturePosition;
import io.freshet.cdc.position.Loss;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may have been missed is made good by barriers. */
class LossTest {

    private static final String RULES =
            """
            - {name: items, table: public.item, namespace: items, keys: ['{id}']}
            - {name: carts, table: public.cart, namespace: carts, keys: ['{id}']}
            """;

    private CaptureRig rig;

    @BeforeEach
    void createTables() throws SQLException {
        rig = new CaptureRig();
        rig.sql("CREATE TABLE item (id int PRIMARY KEY)", "CREATE TABLE cart (id int PRIMARY KEY)");
    }

    @AfterEach
    void stop() throws SQLException {
        rig.close();
    }

    @Test
    void shouldRaiseABarrierForEveryNamespaceAtTheFirstStart() {
        rig.start(RULES);
        rig.awaitCapturing();

        assertThat(rig.barriers())
                .extracting(Event.Invalidation::target)
                .containsExactlyInAnyOrder(all("carts"), all("items"));
        assertThat(rig.barriers())
                .allSatisfy(barrier -> {
                    assertThat(barrier.mode()).isEqualTo(Mode.HARD);
                    assertThat(barrier.cause().detail()).isEqualTo("first start");
                    assertThat(barrier.lsn()).isNotNull();
                });
    }

    @Test
    void shouldRaiseNoneAtAnOrdinaryRestart() throws SQLException {
        startOnce();

        rig.start(RULES);
        rig.sql("INSERT INTO item VALUES (1)");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("items", "1"));
    }

    @Test
    void shouldRaiseBarriersWhenTheSlotIsGone() throws SQLException {
        startOnce();
        rig.sql("SELECT pg_drop_replication_slot('" + rig.slot + "')");
        rig.sql("INSERT INTO item VALUES (1)");

        rig.start(RULES);

        assertBarriers("the replication slot is gone", "carts", "items");
        rig.sql("INSERT INTO item VALUES (2)");
        assertThat(rig.targetsAfterAllDelivered()).contains(key("items", "2"));
    }

    @Test
    void shouldRaiseABarrierForWhatSqlHasInvalidatedWhenTheSlotIsGone() throws SQLException {
        startOnce();
        rig.sql(
                "SELECT freshet.invalidate_key('catalog', 'lost')",
                "SELECT pg_drop_replication_slot('" + rig.slot + "')");

        rig.start(RULES);

        assertBarriers("the replication slot is gone", "carts", "catalog", "items");
    }

    @Test
    void shouldRaiseBarriersWhenSomebodyElseMadeTheSlotAnew() throws SQLException {
        startOnce();
        rig.sql(
                "SELECT pg_drop_replication_slot('" + rig.slot + "')",
                "INSERT INTO item VALUES (1)",
                "SELECT pg_create_logical_replication_slot('" + rig.slot + "', 'pgoutput')");

        rig.start(RULES);

        assertBarriers("somebody else made or moved it", "carts", "items");
    }

    @Test
    void shouldRaiseABarrierForTheNamespaceWhoseRulesChanged() throws SQLException {
        startOnce();

        rig.start(
                RULES.replace(
                        "namespace: carts, keys: ['{id}']", "namespace: carts, keys: ['c{id}']"));

        assertBarriers("the rules have changed", "carts");
    }

    @Test
    void shouldRaiseABarrierWhenThePublicationLostATable() throws SQLException {
        startOnce();
        rig.sql("ALTER PUBLICATION freshet DROP TABLE item", "INSERT INTO item VALUES (1)");

        rig.start(RULES);

        assertBarriers("the publication did not have [public.item]", "items");
        rig.sql("INSERT INTO item VALUES (2)");
        assertThat(rig.targetsAfterAllDelivered()).contains(key("items", "2"));
    }

    @Test
    void shouldRaiseBarriersWhenThePublicationWasDropped() throws SQLException {
        startOnce();
        rig.sql("DROP PUBLICATION freshet", "INSERT INTO item VALUES (1)");

        rig.start(RULES);

        assertBarriers("the publication did not have", "carts", "items");
        rig.sql("INSERT INTO item VALUES (2)");
        assertThat(rig.targetsAfterAllDelivered()).contains(key("items", "2"));
    }

    @Test
    void shouldRaiseBarriersWhenTheSlotIsDroppedUnderIt() throws SQLException {
        // given
        rig.startAndForgetBarriers(RULES);

        // when
        rig.dropActiveSlot();

        // then the log flows again, behind the barriers
        await().atMost(CaptureRig.PATIENCE).until(() -> rig.barriers().size() >= 2);
        assertThat(rig.barriers())
                .extracting(Event.Invalidation::target)
                .contains(all("carts"), all("items"));
        rig.awaitState(CaptureState.Capturing.class);
        rig.sql("INSERT INTO item VALUES (2)");
        await().atMost(CaptureRig.PATIENCE)
                .until(() -> rig.inbox.targets().contains(key("items", "2")));
        assertThat(rig.meters.counter("freshet.capture.barriers", "cause", "slot-gone").count())
                .isGreaterThanOrEqualTo(2);
        assertThat(rig.status.losses()).containsKey(Loss.Cause.SLOT_GONE);
    }

    @Test
    void shouldNotTakeASlotThatWasMadeAnewBehindItsBack() throws SQLException {
        // given a capture that began where the slot stood, and a slot that was made anew since
        startOnce();
        try (var store = rig.positions();
                var connection = rig.database.connect()) {
            CapturePosition begun = requireNonNull(store.load());
            rig.sql(
                    "SELECT pg_drop_replication_slot('" + rig.slot + "')",
                    "INSERT INTO item VALUES (1)",
                    "SELECT pg_create_logical_replication_slot('" + rig.slot + "', 'pgoutput')");
            var check = rig.watch(RULES, connection, new PositionKeeper(store, begun));

            // when
            assertThatIllegalStateException()
                    .isThrownBy(check::run)
                    .withMessageContaining("somebody else made or moved it");

            // then that is remembered until barriers have made it good
            assertThat(requireNonNull(store.load()).doubt()).contains("past " + begun.lsn());
        }
    }

    @Test
    void shouldNoticeWhileItRunsThatATableWasMadeAnew() throws SQLException {
        rig.startAndForgetBarriers(RULES);

        rig.sql(
                "DROP TABLE public.item",
                "CREATE TABLE public.item (id int PRIMARY KEY)",
                "INSERT INTO public.item VALUES (1)");

        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.barriers().isEmpty());
        assertThat(rig.barriers().getFirst().cause().detail())
                .contains("the publication lost [public.item]");
        rig.awaitState(CaptureState.Capturing.class);
        rig.sql("INSERT INTO item VALUES (2)");
        await().atMost(CaptureRig.PATIENCE)
                .until(() -> rig.inbox.targets().contains(key("items", "2")));
    }

    @Test
    void shouldRaiseTheBarrierAgainWhenTransactionsOfBeforeHaveEnded() throws SQLException {
        startOnce();
        rig.sql("ALTER PUBLICATION freshet DROP TABLE item");
        try (Connection open = rig.database.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (1)");
            rig.start(RULES);
            assertBarriers("the publication did not have [public.item]", "items");

            open.commit();
        }

        await().atMost(CaptureRig.PATIENCE).until(() -> rig.barriers().size() == 2);
        rig.stop();
        rig.inbox.forget();
        rig.start(RULES);
        rig.awaitAllDelivered();
        assertThat(rig.barriers()).isEmpty();
    }

    /** Starts, lets the log flow, stops, and forgets what was told. */
    private void startOnce() throws SQLException {
        rig.start(RULES);
        rig.awaitCapturing();
        rig.awaitAllDelivered();
        await().atMost(CaptureRig.PATIENCE)
                .until(() ->
                        rig.text(
                                        "SELECT confirmed_flush_lsn > restart_lsn FROM"
                                                + " pg_replication_slots WHERE slot_name = '"
                                                + rig.slot
                                                + "'")
                                .equals("t"));
        rig.stop();
        rig.inbox.forget();
    }

    private void assertBarriers(String reason, String... namespaces) {
        await().atMost(CaptureRig.PATIENCE).until(() -> !rig.barriers().isEmpty());
        assertThat(rig.barriers().getFirst().cause().detail()).contains(reason);
        rig.awaitCapturing();
        assertThat(rig.barriers())
                .extracting(barrier -> barrier.target().namespace().value())
                .containsExactlyInAnyOrderElementsOf(List.of(namespaces));
    }
}
