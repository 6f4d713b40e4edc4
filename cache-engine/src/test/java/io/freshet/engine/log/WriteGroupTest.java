package io.freshet.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.WritePolicy;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.engine.source.StandbyDemand;
import io.freshet.engine.source.WriteFence;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that are applied by nodes which die in the middle, on a real Kafka and PostgreSQL. */
class WriteGroupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEYS = 10;
    private static final int ROUNDS = 20;

    private record Row(String id, int n) {}

    private final Namespace tallies = new Namespace("tallies");
    private final Database database = SharedServers.freshDatabase("writes");
    private final SqlDatabases databases =
            new SqlDatabases(
                    Map.of(
                            "primary",
                            new SqlDatabaseOptions(
                                    database.jdbcUrl(), database.user(), database.password())));
    private TestTopics topics;
    private KafkaWriteLog log;
    private SourceWriter writer;

    @BeforeEach
    void start() throws Exception {
        topics = TestTopics.create("writes", 4);
        log = new KafkaWriteLog(topics.options());
        try (var migration =
                        Objects.requireNonNull(
                                WriteFence.class.getResourceAsStream(
                                        "/db/migration/freshet/V5__write_fences.sql"));
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA freshet");
            statement.execute(new String(migration.readAllBytes(), UTF_8));
            statement.execute(
                    """
                    CREATE TABLE tallies (id text PRIMARY KEY, n int);
                    CREATE TABLE history (at bigserial, id text, n int);
                    CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO history (id, n) VALUES (new.id, new.n); RETURN new; END $$;
                    CREATE TRIGGER remembered AFTER INSERT OR UPDATE ON tallies
                    FOR EACH ROW EXECUTE FUNCTION remember();
                    """);
        }
        var config =
                NamespaceConfig.builder(tallies)
                        .writePolicy(WritePolicy.WRITE_BEHIND)
                        .source(
                                new SqlSourceConfig(
                                        "primary",
                                        "SELECT n FROM tallies WHERE id = :key",
                                        Duration.ofSeconds(5),
                                        List.of(),
                                        "INSERT INTO tallies VALUES (:key, CAST(:value AS int))"
                                                + " ON CONFLICT (id) DO UPDATE SET n = excluded.n",
                                        null))
                        .build();
        writer = new Sources(databases).writerOf(config, StandbyDemand.STRICTEST).orElseThrow();
    }

    @AfterEach
    void stop() {
        log.close();
        topics.close();
        databases.close();
    }

    /** Applies, and dies at the end of so many writes: before it can say that they are done. */
    private WriteGroup.Handler mortal(int lifetime, AtomicInteger applied) {
        return (placed, name, goOn) -> {
            if (applied.get() >= lifetime) {
                return new CompletableFuture<Void>();
            }
            return apply(placed, name, goOn)
                    .thenCompose(_ ->
                            applied.incrementAndGet() >= lifetime
                                    ? new CompletableFuture<Void>()
                                    : CompletableFuture.allOf());
        };
    }

    private CompletionStage<Void> apply(PlacedWrite placed, String name, BooleanSupplier goOn) {
        return switch (placed.write()) {
            case SourceWrite.Put(_, var key, var json, _) ->
                    writer.put(key, json.getBytes(UTF_8), new WriteFence(name, placed.offset()))
                            .thenAccept(_ -> {});
            case SourceWrite.Delete _, SourceWrite.Settled _ -> CompletableFuture.allOf();
        };
    }

    private List<Row> history() throws Exception {
        var rows = new ArrayList<Row>();
        try (var connection = database.connect();
                var query = connection.createStatement();
                var found = query.executeQuery("SELECT id, n FROM history ORDER BY at")) {
            while (found.next()) {
                rows.add(new Row(found.getString(1), found.getInt(2)));
            }
        }
        return rows;
    }

    @Test
    void shouldLoseNothingAndKeepTheOrderOfAKeyWhenNodesDie() throws Exception {
        // given
        for (int n = 1; n <= ROUNDS; n++) {
            for (int key = 0; key < KEYS; key++) {
                log.append(
                                new SourceWrite.Put(
                                        tallies,
                                        new EntryKey("k" + key),
                                        Integer.toString(n),
                                        Instant.now()))
                        .toCompletableFuture()
                        .join();
            }
        }

        // when four nodes die one after another, and a fifth lives
        for (int death = 0; death < 4; death++) {
            var applied = new AtomicInteger();
            try (var node = new WriteGroup(topics.options(), mortal(37, applied))) {
                node.start();
                await().atMost(PATIENCE).until(() -> applied.get() >= 37);
            }
        }
        try (var node = new WriteGroup(topics.options(), this::apply)) {
            node.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(history()).hasSize(KEYS * ROUNDS));
        }

        // then
        history().stream()
                .collect(groupingBy(Row::id))
                .forEach((key, rows) ->
                        assertThat(rows.stream().map(Row::n))
                                .as(key)
                                .containsExactlyElementsOf(
                                        IntStream.rangeClosed(1, ROUNDS).boxed().toList()));
    }

    @Test
    void shouldTellANodeThatStartsOfWhatIsNotDone() throws Exception {
        // given one that is done, one that is not
        var first = log.append(put("a")).toCompletableFuture().join();
        var done = new AtomicInteger();
        try (var node =
                new WriteGroup(
                        topics.options(),
                        (_, _, _) -> {
                            done.incrementAndGet();
                            return CompletableFuture.allOf();
                        })) {
            node.start();
            await().atMost(PATIENCE).until(() -> done.get() == 1);
        }
        log.append(put("b")).toCompletableFuture().join();
        log.append(
                        new SourceWrite.Settled(
                                tallies,
                                new EntryKey("a"),
                                first.offset(),
                                new InboxPosition(0, 0),
                                Instant.now()))
                .toCompletableFuture()
                .join();

        // when
        List<PlacedWrite> told = Collections.synchronizedList(new ArrayList<>());
        try (var tail = new WriteTail(topics.options(), told::add)) {
            tail.start();
            await().atMost(PATIENCE).until(tail::isCaughtUp);
        }

        // then
        assertThat(told.stream().filter(each -> each.write() instanceof SourceWrite.Put))
                .extracting(each -> each.write().key())
                .containsExactly(new EntryKey("b"));
    }

    private SourceWrite put(String key) {
        return new SourceWrite.Put(tallies, new EntryKey(key), "1", Instant.now());
    }
}
