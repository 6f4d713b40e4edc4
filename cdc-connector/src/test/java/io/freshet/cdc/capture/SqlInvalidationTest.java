package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.all;
import static io.freshet.cdc.capture.CaptureRig.key;
import static io.freshet.cdc.capture.CaptureRig.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.infra.servers.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X5: an invalidation from SQL takes effect if and only if its transaction commits. */
class SqlInvalidationTest {

    private static final String RULES =
            "- {name: rows, table: public.item, namespace: items, keys: ['{id}']}";

    /** Whatever parameters this version of PostgreSQL gives them. */
    private static final String REVOKE_MESSAGES =
            """
            DO $$ DECLARE f regprocedure; BEGIN
                FOR f IN SELECT oid FROM pg_proc WHERE proname = 'pg_logical_emit_message' LOOP
                    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
                END LOOP;
            END $$
            """;

    private static CaptureRig rig;
    private static DeadLetterReader deadLetters;

    @BeforeAll
    static void startCapture() throws SQLException {
        rig = new CaptureRig();
        rig.sql("CREATE TABLE item (id int PRIMARY KEY, name text)");
        rig.startAndForgetBarriers(RULES);
        deadLetters =
                new DeadLetterReader(
                        SharedServers.kafka().bootstrapServers(), rig.topics.deadLetters());
    }

    @AfterAll
    static void stopCapture() throws SQLException {
        deadLetters.close();
        rig.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        rig.sql("DELETE FROM item");
        rig.awaitAllDelivered();
        rig.inbox.forget();
    }

    @Test
    void shouldInvalidateWhatEachFunctionNames() throws SQLException {
        rig.sql(
                "SELECT freshet.invalidate_key('catalog', 'product:1')",
                "SELECT freshet.invalidate_keys('catalog', ARRAY['product:2', 'product:3'])",
                "SELECT freshet.invalidate_keys('catalog', '{}')",
                "SELECT freshet.invalidate_tag('catalog', 'season:summer')",
                "SELECT freshet.invalidate_tags('catalog', ARRAY['season:winter', 'season:fall'])",
                "SELECT freshet.invalidate_pattern('catalog', 'list:*')",
                "SELECT freshet.invalidate_namespace('catalog')");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        key("catalog", "product:1"),
                        key("catalog", "product:2"),
                        key("catalog", "product:3"),
                        tag("catalog", "season:summer"),
                        tag("catalog", "season:winter"),
                        tag("catalog", "season:fall"),
                        new Target.OfPattern(new Namespace("catalog"), new KeyPattern("list:*")),
                        all("catalog"));
    }

    @Test
    void shouldSayWhichTransactionWhoAndWhere() throws SQLException {
        Lsn before = Lsn.parse(rig.text("SELECT pg_current_wal_insert_lsn()::text"));
        long transaction =
                rig.transaction("SELECT freshet.invalidate_tag('catalog', 'a \"b\" é', 'soft')");
        rig.awaitAllDelivered();

        Event.Invalidation event = rig.inbox.invalidations().getFirst();
        assertThat(event.target()).isEqualTo(tag("catalog", "a \"b\" é"));
        assertThat(event.mode()).isEqualTo(Mode.SOFT);
        assertThat(event.cause())
                .isEqualTo(new Cause(Cause.Kind.SQL, "primary", transaction, rig.database.user()));
        assertThat(event.lsn()).isGreaterThan(before);
    }

    @Test
    void shouldTellNothingOfWhatIsRolledBack() throws SQLException {
        try (Connection connection = rig.database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT freshet.invalidate_key('catalog', 'never')");
            connection.rollback();
            statement.execute("SELECT freshet.invalidate_key('catalog', 'before')");
            statement.execute("SAVEPOINT s");
            statement.execute("SELECT freshet.invalidate_key('catalog', 'inside')");
            statement.execute("ROLLBACK TO s");
            statement.execute("SELECT freshet.invalidate_key('catalog', 'after')");
            connection.commit();
        }

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(key("catalog", "before"), key("catalog", "after"));
    }

    @Test
    void shouldTellWhatASavepointThatWasReleasedKept() throws SQLException {
        rig.transaction(
                "SAVEPOINT outside",
                "SELECT freshet.invalidate_key('catalog', 'kept')",
                "SAVEPOINT inside",
                "SELECT freshet.invalidate_keys('catalog', ARRAY['lost', 'lost too'])",
                "ROLLBACK TO inside",
                "RELEASE SAVEPOINT outside",
                "SAVEPOINT another",
                "SELECT freshet.invalidate_tags('catalog', ARRAY['kept too'], 'soft')",
                "RELEASE SAVEPOINT another");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(key("catalog", "kept"), tag("catalog", "kept too"));
        assertThat(rig.inbox.invalidations().stream().map(Event.Invalidation::mode))
                .containsExactlyInAnyOrder(Mode.HARD, Mode.SOFT);
    }

    @Test
    void shouldWaitForAPreparedTransactionToBeCommitted() throws SQLException {
        String committed = SharedServers.freshName("prepared");
        String rolledBack = SharedServers.freshName("prepared");
        prepare(committed, "committed", 7);
        prepare(rolledBack, "rolled back", 8);
        try {
            assertThat(rig.targetsAfterAllDelivered()).isEmpty();
        } finally {
            rig.sql("COMMIT PREPARED '%s'".formatted(committed));
            rig.sql("ROLLBACK PREPARED '%s'".formatted(rolledBack));
        }

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(key("catalog", "committed"), key("items", "7"));
    }

    private static void prepare(String name, String key, int id) throws SQLException {
        rig.sql(
                "BEGIN",
                "INSERT INTO item VALUES (%d, 'prepared')".formatted(id),
                "SELECT freshet.invalidate_key('catalog', '%s')".formatted(key),
                "PREPARE TRANSACTION '%s'".formatted(name));
    }

    @Test
    void shouldKeepTheOrderOfRowChangesAndCalls() throws SQLException {
        long first =
                rig.transaction(
                        "INSERT INTO item VALUES (1, 'a')",
                        "SELECT freshet.invalidate_key('items', '1', 'soft')",
                        "SELECT freshet.invalidate_key('items', '1', 'soft')");
        long second =
                rig.transaction(
                        "SELECT freshet.invalidate_key('items', '1', 'soft')",
                        "UPDATE item SET name = 'b' WHERE id = 1");
        rig.awaitAllDelivered();

        assertThat(rig.inbox.invalidations())
                .extracting(event -> event.cause().kind(), event -> event.cause().transaction())
                .containsExactly(
                        tuple(Cause.Kind.CDC, first),
                        tuple(Cause.Kind.SQL, first),
                        tuple(Cause.Kind.SQL, second),
                        tuple(Cause.Kind.CDC, second));
    }

    @Test
    void shouldLetNobodyCallWhoWasNotGrantedIt() throws SQLException {
        String role = SharedServers.freshName("app");
        rig.sql("CREATE ROLE " + role + " LOGIN PASSWORD 'p'");
        try (Connection connection =
                        DriverManager.getConnection(rig.database.jdbcUrl(), role, "p");
                Statement statement = connection.createStatement()) {
            String call = "SELECT freshet.invalidate_tag('catalog', 'granted')";
            assertThatThrownBy(() -> statement.execute(call))
                    .hasMessageContaining("permission denied for schema freshet");
            rig.sql("GRANT USAGE ON SCHEMA freshet TO " + role);
            assertThatThrownBy(() -> statement.execute(call))
                    .hasMessageContaining("permission denied for function invalidate_tag");
            rig.sql(
                    "GRANT EXECUTE ON FUNCTION freshet.invalidate_key, freshet.invalidate_tag TO "
                            + role);
            assertThatThrownBy(() ->
                            statement.execute(
                                    "SELECT freshet.emit_invalidation('n', 'key', 'k', 'hard')"))
                    .hasMessageContaining("permission denied for function emit_invalidation");

            statement.execute(call);

            assertThat(rig.targetsAfterAllDelivered()).containsExactly(tag("catalog", "granted"));
            assertThat(rig.inbox.invalidations().getFirst().cause().detail()).isEqualTo(role);
        }
    }

    /** Whoever wants the grants to be a boundary takes the function below them away. */
    @Test
    void shouldNotNeedTheCallersRightToWriteMessages() throws SQLException {
        String role = SharedServers.freshName("app");
        rig.sql(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'p'",
                "GRANT USAGE ON SCHEMA freshet TO " + role,
                "GRANT EXECUTE ON FUNCTION freshet.invalidate_tag TO " + role);
        try (Connection connection =
                        DriverManager.getConnection(rig.database.jdbcUrl(), role, "p");
                Statement statement = connection.createStatement()) {
            String direct = "SELECT pg_logical_emit_message(true, 'another', ''::text)";
            statement.execute(direct);
            rig.sql(REVOKE_MESSAGES);
            assertThatThrownBy(() -> statement.execute(direct))
                    .hasMessageContaining("permission denied");

            statement.execute("SELECT freshet.invalidate_tag('catalog', 'bounded')");

            assertThat(rig.targetsAfterAllDelivered()).containsExactly(tag("catalog", "bounded"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | not json                                               | not-json
                    true  | {"schema":1,"type":"key","namespace":"n"}              | missing-field
                    true  | {"schema":1,"type":"tag","namespace":"n","key":"k"}    | missing-field
                    true  | {"schema":2,"type":"namespace","namespace":"n"}        | unknown-version
                    true  | {"schema":1,"type":"namespace","namespace":"a b"}      | illegal-value
                    true  | {"schema":1,"type":"heartbeat","source":"primary","lsn":"FF/0","at":"2026-01-01T00:00:00Z"} | unknown-type
                    false | {"schema":1,"type":"namespace","namespace":"n"}        | illegal-value
                    """)
    void shouldSetAsideWhatItCannotReadAndGoOn(boolean transactional, String content, String reason)
            throws SQLException {
        int before = deadLetters.all().size();
        rig.sql(
                "SELECT pg_logical_emit_message(%s, 'freshet.invalidation', '%s'::text)"
                        .formatted(transactional, content));
        rig.sql("SELECT freshet.invalidate_key('catalog', 'next')");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("catalog", "next"));
        await().atMost(CaptureRig.PATIENCE).until(() -> deadLetters.all().size() > before);
        DeadLetterReader.Letter letter = deadLetters.all().getLast();
        assertThat(letter.content()).isEqualTo(content);
        assertThat(letter.headers())
                .containsEntry("reason", reason)
                .containsEntry("source", "primary")
                .containsEntry("source-prefix", "freshet.invalidation")
                .containsKeys("message", "source-lsn");
        assertThat(letter.headers().containsKey("source-transaction")).isEqualTo(transactional);
    }

    @Test
    void shouldCutAMessageThatIsTooLong() throws SQLException {
        int before = deadLetters.all().size();
        rig.sql(
                "SELECT pg_logical_emit_message("
                        + "true, 'freshet.invalidation', repeat('x', 3000000)::text)");
        rig.awaitAllDelivered();

        await().atMost(CaptureRig.PATIENCE).until(() -> deadLetters.all().size() > before);
        DeadLetterReader.Letter letter = deadLetters.all().getLast();
        assertThat(letter.headers())
                .containsEntry("reason", "too-large")
                .containsEntry("cut-from", "3000000");
        assertThat(letter.content()).hasSize(64 * 1024);
        assertThat(rig.meters.get("freshet.dead.letters").tag("reason", "too-large").counter())
                .extracting(counter -> counter.count())
                .isEqualTo(1.0);
    }

    @Test
    void shouldNotTakeMessagesWithoutATransactionForHeartbeats() throws SQLException {
        rig.sql("SELECT pg_logical_emit_message(false, 'freshet.heartbeat', ''::text)");
        rig.sql("SELECT freshet.invalidate_key('catalog', 'next')");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("catalog", "next"));
    }
}
