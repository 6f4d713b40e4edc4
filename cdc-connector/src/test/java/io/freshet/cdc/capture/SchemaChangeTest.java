package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.all;
import static io.freshet.cdc.capture.CaptureRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Target;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** D3: tables that change under the running connector. */
class SchemaChangeTest {

    /** A table, what breaks its rule, what says so, and what mends it. */
    private record Case(String table, String change, String complaint, String mend) {}

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "renamed_column",
                            "ALTER TABLE renamed_column RENAME code TO label",
                            "table public.renamed_column has no column 'code'",
                            "ALTER TABLE renamed_column RENAME label TO code"),
                    new Case(
                            "dropped_column",
                            "ALTER TABLE dropped_column DROP code",
                            "table public.dropped_column has no column 'code'",
                            "ALTER TABLE dropped_column ADD code text DEFAULT 'x'"),
                    new Case(
                            "other_type",
                            "ALTER TABLE other_type ALTER code TYPE jsonb USING to_jsonb(code)",
                            "column 'code' of table public.other_type cannot stand in a template",
                            "ALTER TABLE other_type ALTER code TYPE text USING code #>> '{}'"),
                    new Case(
                            "less_logged",
                            "ALTER TABLE less_logged REPLICA IDENTITY DEFAULT",
                            "run ALTER TABLE public.less_logged REPLICA IDENTITY FULL;",
                            "ALTER TABLE less_logged REPLICA IDENTITY FULL"),
                    new Case(
                            "renamed",
                            "ALTER TABLE renamed RENAME TO renamed_away",
                            "there is no table public.renamed:",
                            "ALTER TABLE renamed_away RENAME TO renamed"),
                    new Case(
                            "dropped",
                            "DROP TABLE dropped",
                            "there is no table public.dropped:",
                            table("dropped")));

    @Test
    void shouldFallBackToNamespacesWhereTablesNoLongerFitAndLoseNothing() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE steady (id int PRIMARY KEY)", table("added"));
            for (Case each : CASES) {
                rig.sql(table(each.table()));
            }
            rig.startAndForgetBarriers(rules());
            var everything =
                    new InboxReader(
                            SharedServers.kafka().bootstrapServers(), rig.topics.invalidations());
            var stop = new AtomicBoolean();
            CompletableFuture<Integer> traffic =
                    CompletableFuture.supplyAsync(() -> write(rig, stop));

            rig.sql("ALTER TABLE added ADD more text", "INSERT INTO added VALUES (2, 'b', 'c')");
            for (Case each : CASES) {
                rig.sql(each.change());
            }
            rig.sql(
                    "UPDATE renamed_column SET label = 'b' WHERE id = 1",
                    "UPDATE dropped_column SET id = id WHERE id = 1",
                    "UPDATE other_type SET code = '1' WHERE id = 1",
                    "UPDATE less_logged SET code = 'b' WHERE id = 1",
                    "INSERT INTO renamed_away VALUES (2, 'b')");

            await().atMost(CaptureRig.PATIENCE)
                    .untilAsserted(() -> assertThat(rig.status.impaired()).hasSameSizeAs(CASES));
            for (Case each : CASES) {
                assertThat(String.join("; ", rig.status.impaired())).contains(each.complaint());
                awaitTold(rig, all(each.table()));
            }
            rig.awaitState(CaptureState.Capturing.class);
            assertThat(rig.rulesImpaired()).isEqualTo(CASES.size());
            rig.inbox.forget();
            rig.sql("INSERT INTO renamed_column VALUES (3, 'c')");
            awaitTold(rig, all("renamed_column"));
            awaitTold(rig, all("renamed"));
            assertThat(rig.inbox.targets()).doesNotContain(key("renamed_column", "c"));

            for (Case each : CASES) {
                rig.sql(each.mend());
            }
            await().atMost(CaptureRig.PATIENCE).until(() -> rig.status.impaired().isEmpty());
            rig.awaitState(CaptureState.Capturing.class);
            assertThat(rig.rulesImpaired()).isZero();
            rig.awaitAllDelivered();
            rig.inbox.forget();
            for (Case each : CASES) {
                rig.sql("INSERT INTO %s (id, code) VALUES (9, 'z')".formatted(each.table()));
            }
            rig.awaitAllDelivered();

            stop.set(true);
            int written = traffic.join();
            awaitTold(rig, key("steady", String.valueOf(written)));
            await().atMost(CaptureRig.PATIENCE)
                    .untilAsserted(() -> assertThat(untold(everything, written)).isEmpty());
            everything.close();
            for (Case each : CASES) {
                assertThat(rig.inbox.targets()).contains(key(each.table(), "z"));
                assertThat(rig.inbox.targets()).doesNotContain(all(each.table()));
            }
        }
    }

    @Test
    void shouldRefuseARuleThatIsNewAndDoesNotFit() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql("CREATE TABLE steady (id int PRIMARY KEY)", table("added"));
            rig.startAndForgetBarriers(rules("steady", "id"));
            rig.stop();

            rig.start(rules("steady", "id") + rules("added", "cod"));

            rig.awaitState(CaptureState.Refused.class);
            assertThat(rig.status.state().why()).contains("table public.added has no column 'cod'");
        }
    }

    /** Of the ids up to one, those of which nothing has been told. */
    private static List<Integer> untold(InboxReader inbox, int last) {
        Set<Target> told = Set.copyOf(inbox.targets());
        return IntStream.rangeClosed(1, last)
                .filter(id -> !told.contains(key("steady", "" + id)))
                .boxed()
                .toList();
    }

    /** Ids from 1 on, each in a transaction of its own. */
    private static int write(CaptureRig rig, AtomicBoolean stop) {
        int id = 0;
        try (var connection = rig.database.connect();
                var statement = connection.createStatement()) {
            while (!stop.get()) {
                statement.execute("INSERT INTO steady VALUES (%d)".formatted(++id));
                statement.execute("SELECT pg_sleep(0.005)");
            }
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitTold(CaptureRig rig, Target target) {
        await().atMost(CaptureRig.PATIENCE).until(() -> rig.inbox.targets().contains(target));
    }

    private static String rules() {
        var rules = new StringBuilder(rules("steady", "id")).append(rules("added", "code"));
        CASES.forEach(each -> rules.append(rules(each.table(), "code")));
        return rules.toString();
    }

    private static String rules(String table, String column) {
        return "- {name: %1$s, table: public.%1$s, namespace: %1$s, keys: ['{%2$s}']}\n"
                .formatted(table, column);
    }

    /** One row is in it. */
    private static String table(String name) {
        return """
        CREATE TABLE public.%1$s (id int PRIMARY KEY, code text);
        ALTER TABLE %1$s REPLICA IDENTITY FULL;
        INSERT INTO %1$s VALUES (1, 'a')
        """
                .formatted(name);
    }
}
