package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What it waits for and what it refuses, with the mend, and that it goes on by itself. */
class StartUpTest {

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}']}";

    @Test
    void shouldWaitForADatabaseThatIsNotThereYet() throws SQLException {
        var postgres = SharedServers.postgres();
        String name = SharedServers.freshName("late");
        var database =
                new Database(postgres.jdbcUrl(name), postgres.user(), postgres.password(), name);
        try (var rig = new CaptureRig(database)) {
            rig.start(RULES);
            rig.awaitState(CaptureState.Waiting.class);
            assertThat(rig.status.state().why()).contains("\"" + name + "\" does not exist");

            postgres.createDatabase(name);
            rig.awaitState(CaptureState.Refused.class);
            assertThat(rig.status.state().why())
                    .isEqualTo(
                            "rule 'rows': there is no table public.item: create it, or correct"
                                    + " 'table'");

            rig.sql("CREATE TABLE item (id int PRIMARY KEY)");
            rig.awaitCapturing();
            rig.sql("INSERT INTO item VALUES (1)");
            assertThat(rig.targetsAfterAllDelivered()).contains(key("items", "1"));
        }
    }

    @Test
    void shouldRefuseAnInboxWithAnotherNumberOfPartitions() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.growInbox();
            rig.start(RULES);

            rig.awaitState(CaptureState.Refused.class);

            assertThat(rig.status.state().why())
                    .contains("has 8 partitions but 4 are configured")
                    .contains("a higher freshet.topics.epoch");
        }
    }

    @Test
    void shouldWaitForAServerThatCannotBeReached() throws SQLException {
        var unreachable =
                new Database("jdbc:postgresql://127.0.0.1:1/nowhere", "u", "p", "nowhere");
        var rig = new CaptureRig(unreachable);
        rig.start(RULES);

        rig.awaitState(CaptureState.Waiting.class);

        assertThat(rig.status.state().why()).contains("127.0.0.1:1/nowhere");
        rig.stop();
        assertThat(rig.status.state()).isEqualTo(new CaptureState.Stopped());
    }

    @Test
    void shouldRefuseATableWhoseOldRowsAreNotLogged() throws SQLException {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int PRIMARY KEY, owner text)");
            rig.start(RULES.replace("{id}", "{owner}"));
            rig.awaitState(CaptureState.Refused.class);
            assertThat(rig.status.state().why())
                    .isEqualTo(
                            "rule 'rows' reads old values of owner, which table public.item does"
                                    + " not log: run ALTER TABLE public.item REPLICA IDENTITY"
                                    + " FULL;");

            rig.sql("ALTER TABLE item REPLICA IDENTITY FULL");
            rig.awaitCapturing();
        }
    }

    @Test
    void shouldNotBreakTheWritersOfATableWithoutAKey() throws SQLException {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
            rig.start(RULES);
            rig.awaitState(CaptureState.Refused.class);

            rig.sql("UPDATE item SET id = 2");

            assertThat(rig.status.state().why())
                    .contains("table public.item has no primary key")
                    .contains("ALTER TABLE public.item REPLICA IDENTITY FULL;");
        }
    }

    @Test
    void shouldRefuseAUserWhoMayNotReplicate() throws SQLException {
        try (var rig = new CaptureRig()) {
            String user = SharedServers.freshName("reader");
            rig.sql(
                    "CREATE TABLE item (id int PRIMARY KEY)",
                    "CREATE ROLE " + user + " LOGIN PASSWORD 'p'");
            var weak = new Database(rig.database.jdbcUrl(), user, "p", rig.database.name());
            try (var weakRig = new CaptureRig(weak)) {
                weakRig.start(RULES);
                weakRig.awaitState(CaptureState.Refused.class);
                assertThat(weakRig.status.state().why())
                        .contains("run ALTER ROLE \"" + user + "\" REPLICATION as a superuser");

                rig.sql("ALTER ROLE " + user + " REPLICATION");
                await().atMost(CaptureRig.PATIENCE)
                        .until(() -> weakRig.status.state().why().contains("CREATE PUBLICATION"));
                rig.sql(mendOf(weakRig));
                weakRig.awaitCapturing();
            }
        }
    }

    @Test
    void shouldWaitForTheSlotThatAnotherConnectorHoldsAndTakeOver() throws SQLException {
        try (var active = new CaptureRig()) {
            active.sql("CREATE TABLE item (id int PRIMARY KEY)");
            active.startAndForgetBarriers(RULES);
            var standBy = new CaptureRig(active.database);
            standBy.start(RULES, active.settings());
            standBy.awaitState(CaptureState.Waiting.class);
            assertThat(standBy.status.state().why()).contains("is read by another connector");

            active.stop();
            active.sql("INSERT INTO item VALUES (1)");

            await().atMost(CaptureRig.PATIENCE)
                    .until(() -> standBy.inbox.targets().contains(key("items", "1")));
            standBy.stop();
        }
    }

    /** The statement that a refusal asks somebody to run. */
    private static String mendOf(CaptureRig rig) {
        String why = rig.status.state().why();
        return why.substring(why.indexOf("CREATE PUBLICATION"));
    }
}
