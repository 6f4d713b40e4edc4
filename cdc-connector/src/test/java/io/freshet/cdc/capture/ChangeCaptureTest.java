package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.all;
import static io.freshet.cdc.capture.CaptureRig.key;
import static io.freshet.cdc.capture.CaptureRig.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain SQL does to the inbox. */
class ChangeCaptureTest {

    private static final String RULES =
            """
            - name: city-rows
              table: public.cities
              namespace: cities
              keys: ["{id}"]
            - name: country-names
              table: public.countries
              columns: [name]
              operations: [update, delete]
              namespace: cities
              tags: ["country:{code}"]
              mode: soft
            - name: order-items
              table: public."Order Items"
              namespace: orders
              keys: ['{"Order"}:{item}']
              tags: ['customer:{customer}']
            - name: documents
              table: public.documents
              namespace: documents
              keys: ["{id}", "{title}"]
              patterns: ["list:{title}:*"]
            - name: published-articles
              table: public."Articles"
              namespace: articles
              keys: ["{id}"]
              when: '"Status" = ''published'' and price > 10'
            - {name: coupons, table: public.coupons, namespace: coupons, keys: ["{code}"]}
            - {name: tickets, table: public.tickets, namespace: tickets, keys: ["{code}"]}
            """;

    private static CaptureRig rig;

    @BeforeAll
    static void startCapture() throws SQLException {
        rig = new CaptureRig();
        rig.sql(
                "CREATE TABLE cities (id bigint PRIMARY KEY, name text, population int)",
                "CREATE TABLE countries (code text PRIMARY KEY, name text DEFAULT 'x', area int)",
                "ALTER TABLE countries REPLICA IDENTITY FULL",
                """
                CREATE TABLE "Order Items" (
                    "Order" int, item int, customer text, PRIMARY KEY ("Order", item))
                """,
                "ALTER TABLE \"Order Items\" REPLICA IDENTITY FULL",
                "CREATE TABLE documents (id int PRIMARY KEY, title text, body text)",
                "ALTER TABLE documents REPLICA IDENTITY FULL",
                "ALTER TABLE documents ALTER title SET STORAGE EXTERNAL",
                """
                CREATE TABLE "Articles" (
                    id int PRIMARY KEY, "Status" text DEFAULT 'draft', price numeric, body text)
                """,
                "ALTER TABLE \"Articles\" REPLICA IDENTITY FULL",
                """
                CREATE TABLE coupons (
                    code int, name text NOT NULL, PRIMARY KEY (code) INCLUDE (name))
                """,
                "CREATE TABLE tickets (code int NOT NULL, name text NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON tickets (code) INCLUDE (name)",
                "ALTER TABLE tickets REPLICA IDENTITY USING INDEX by_code");
        rig.startAndForgetBarriers(RULES);
    }

    @AfterAll
    static void stopCapture() throws Exception {
        rig.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        rig.sql(
                "TRUNCATE cities, countries, \"Order Items\", documents, \"Articles\", coupons,"
                        + " tickets");
        rig.awaitAllDelivered();
        rig.inbox.forget();
    }

    @Test
    void shouldTellOfAnInsertedRow() throws SQLException {
        rig.sql("INSERT INTO cities VALUES (1, 'Paris', 2)");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("cities", "1"));
    }

    @Test
    void shouldSayWhichTransactionWhereAndWhen() throws SQLException {
        Lsn before = Lsn.parse(rig.text("SELECT pg_current_wal_insert_lsn()::text"));
        Instant start = Instant.now();
        long transaction = rig.transaction("INSERT INTO cities VALUES (1, 'Paris', 2)");
        Lsn after = Lsn.parse(rig.text("SELECT pg_current_wal_insert_lsn()::text"));
        rig.awaitAllDelivered();

        Event.Invalidation event = rig.inbox.invalidations().getFirst();
        assertThat(event.mode()).isEqualTo(Mode.HARD);
        assertThat(event.cause())
                .isEqualTo(new Cause(Cause.Kind.CDC, "primary", transaction, "city-rows"));
        assertThat(event.lsn()).isGreaterThan(before).isLessThanOrEqualTo(after);
        assertThat(event.at()).isCloseTo(start, Assertions.within(5, ChronoUnit.SECONDS));
    }

    @Test
    void shouldTellOfAnUpdatedRow() throws SQLException {
        rig.sql("INSERT INTO cities VALUES (1, 'Paris', 2)");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE cities SET population = 3 WHERE id = 1");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("cities", "1"));
    }

    @Test
    void shouldTellOfADeletedRow() throws SQLException {
        rig.sql("INSERT INTO cities VALUES (1, 'Paris', 2)");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("DELETE FROM cities WHERE id = 1");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("cities", "1"));
    }

    @Test
    void shouldTellOfTheOldAndTheNewKey() throws SQLException {
        rig.sql("INSERT INTO cities VALUES (1, 'Paris', 2)");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE cities SET id = 2 WHERE id = 1");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(key("cities", "1"), key("cities", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coupons", "tickets"})
    void shouldTellOfARowWhoseKeyIncludesOtherColumns(String table) throws SQLException {
        rig.sql("INSERT INTO %s VALUES (1, 'a'), (2, 'b'), (3, 'c')".formatted(table));
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql(
                "UPDATE %s SET name = 'x' WHERE code = 1".formatted(table),
                "UPDATE %s SET code = 4 WHERE code = 2".formatted(table),
                "DELETE FROM %s WHERE code = 3".formatted(table));

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        key(table, "1"), key(table, "2"), key(table, "3"), key(table, "4"));
    }

    @Test
    void shouldTellOfTheNamespaceWhenATableIsTruncated() throws SQLException {
        rig.sql("TRUNCATE cities");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(all("cities"));
    }

    @Test
    void shouldTellNothingOfATransactionThatIsRolledBack() throws SQLException {
        try (Connection connection = rig.database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO cities VALUES (1, 'Paris', 2)");
            connection.rollback();
            statement.execute("INSERT INTO cities VALUES (2, 'Lyon', 1)");
            statement.execute("SAVEPOINT s");
            statement.execute("INSERT INTO cities VALUES (3, 'Nice', 1)");
            statement.execute("ROLLBACK TO s");
            connection.commit();
        }

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("cities", "2"));
    }

    @Test
    void shouldTellOnlyOfColumnsThatMatter() throws SQLException {
        rig.sql("INSERT INTO countries VALUES ('FR', 'France', 1)");
        rig.sql("UPDATE countries SET area = 2 WHERE code = 'FR'");
        assertThat(rig.targetsAfterAllDelivered()).isEmpty();

        rig.sql("UPDATE countries SET name = 'Gaul' WHERE code = 'FR'");
        assertThat(rig.targetsAfterAllDelivered()).containsExactly(tag("cities", "country:FR"));
        assertThat(rig.inbox.invalidations().getFirst().mode()).isEqualTo(Mode.SOFT);
    }

    @Test
    void shouldReadQuotedTablesAndCompositeKeys() throws SQLException {
        rig.sql("INSERT INTO \"Order Items\" VALUES (7, 1, 'ann')");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(key("orders", "7:1"), tag("orders", "customer:ann"));
    }

    @Test
    void shouldTellOfTheOldAndTheNewTag() throws SQLException {
        rig.sql("INSERT INTO \"Order Items\" VALUES (7, 1, 'ann')");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE \"Order Items\" SET customer = 'bob'");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        key("orders", "7:1"),
                        tag("orders", "customer:ann"),
                        tag("orders", "customer:bob"));
    }

    @Test
    void shouldGiveNoTagForNull() throws SQLException {
        rig.sql("INSERT INTO \"Order Items\" VALUES (7, 1, NULL)");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("orders", "7:1"));
    }

    @Test
    void shouldReadALargeValueThatAnUpdateLeftAlone() throws SQLException {
        String title = "t".repeat(400);
        rig.sql("INSERT INTO documents VALUES (1, '%s', repeat('b', 9000))".formatted(title));
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE documents SET body = 'short' WHERE id = 1");

        assertThat(rig.targetsAfterAllDelivered())
                .contains(key("documents", "1"), key("documents", title))
                .allSatisfy(target -> assertThat(target.toString()).doesNotContain("unchanged-"))
                .doesNotContain(all("documents"));
    }

    @Test
    void shouldTellOfEveryRowOfALargeTransaction() throws SQLException {
        rig.sql("INSERT INTO cities SELECT g, 'x', 1 FROM generate_series(1, 5000) g");

        assertThat(rig.targetsAfterAllDelivered())
                .hasSize(5000)
                .contains(key("cities", "1"), key("cities", "5000"));
    }

    @Test
    void shouldSendKeysTogetherToTheirPartitionAndScopesToOne() throws SQLException {
        rig.sql(
                "INSERT INTO cities SELECT g, 'x', 1 FROM generate_series(1, 20) g",
                "TRUNCATE cities");
        rig.awaitAllDelivered();

        var keys = new ArrayList<EntryKey>();
        int scopes = 0;
        int records = 0;
        for (InboxReader.Arrived a : rig.inbox.all()) {
            if (a.event() instanceof Event.Invalidation event) {
                records++;
                switch (event.target()) {
                    case Target.OfKey(_, var key) -> keys.add(inItsPartition(key, a));
                    case Target.OfKeys(_, var several) ->
                            several.forEach(key -> keys.add(inItsPartition(key, a)));
                    case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ -> {
                        assertThat(a.key()).isEqualTo("cities");
                        scopes++;
                    }
                }
            }
        }
        assertThat(keys).hasSize(20).doesNotHaveDuplicates();
        assertThat(scopes).isOne();
        assertThat(records).isLessThanOrEqualTo(rig.topics.partitioning().logPartitions() + 1);
    }

    private EntryKey inItsPartition(EntryKey key, InboxReader.Arrived a) {
        assertThat(a.partition())
                .isEqualTo(rig.topics.partitioning().partitionOf(new Namespace("cities"), key));
        return key;
    }

    @Test
    void shouldCountEventsByRuleAndTransactions() throws SQLException {
        double events = count("freshet.capture.events");
        double transactions = count("freshet.capture.transactions");

        rig.transaction("INSERT INTO cities SELECT g, 'x', 1 FROM generate_series(1, 3) g");
        rig.awaitAllDelivered();

        assertThat(count("freshet.capture.events") - events).isEqualTo(3);
        assertThat(count("freshet.capture.transactions") - transactions).isEqualTo(1);
        assertThat(rig.meters.get("freshet.capture.visibility.wait").timer().count()).isPositive();
    }

    private static double count(String meter) {
        return rig.meters.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
    }

    @Test
    void shouldTellOnlyOfWhatTheConditionHoldsFor() throws SQLException {
        rig.sql(
                """
                INSERT INTO "Articles" VALUES
                    (1, 'published', 11, repeat('x', 20000)), (2, 'draft', 11, ''),
                    (3, 'published', 10, ''), (4, NULL, 11, ''), (5, 'draft', 11, ''),
                    (6, 'published', 12, '')
                """);
        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        key("articles", "1"), key("articles", "4"), key("articles", "6"));
        rig.inbox.forget();

        rig.sql(
                "UPDATE \"Articles\" SET price = price + 1 WHERE id IN (1, 2)",
                "UPDATE \"Articles\" SET \"Status\" = 'published' WHERE id = 5",
                "UPDATE \"Articles\" SET \"Status\" = 'draft' WHERE id = 6",
                "DELETE FROM \"Articles\" WHERE id IN (2, 3)");

        assertThat(rig.targetsAfterAllDelivered())
                .containsExactlyInAnyOrder(
                        key("articles", "1"), key("articles", "5"), key("articles", "6"));
    }

    @Test
    void shouldNotTakeNullForTheDefaultOfItsColumn() throws SQLException {
        rig.sql("INSERT INTO countries VALUES ('FR', NULL, 1)");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE countries SET name = 'x' WHERE code = 'FR'");

        assertThat(rig.targetsAfterAllDelivered()).containsExactly(tag("cities", "country:FR"));
    }
}
