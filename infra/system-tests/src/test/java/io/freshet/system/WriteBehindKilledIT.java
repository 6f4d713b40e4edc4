package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writing behind while the node is killed with SIGKILL: some writes are applied, some under way,
 * most still queued; more come once it runs again.
 */
class WriteBehindKilledIT {

    private static final Logger log = LoggerFactory.getLogger(WriteBehindKilledIT.class);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAMESPACE = "killed-writes";
    private static final int KEYS = 8;
    private static final long WRITES = 25;
    private static final long LATER = WRITES + 1;

    /** The history is of what took effect: a write that comes twice would be in it twice. */
    private static final String TABLES =
            """
            DROP TABLE IF EXISTS public.killed_writes, public.killed_writes_history;
            CREATE TABLE public.killed_writes (id text PRIMARY KEY, n bigint NOT NULL);
            CREATE TABLE public.killed_writes_history (at bigserial, id text, n bigint);
            CREATE OR REPLACE FUNCTION public.remember_killed_write() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                 INSERT INTO public.killed_writes_history (id, n) VALUES (new.id, new.n);
                 PERFORM pg_sleep(0.05);
                 RETURN new;
               END $$;
            CREATE TRIGGER remembered AFTER INSERT OR UPDATE ON public.killed_writes
            FOR EACH ROW EXECUTE FUNCTION public.remember_killed_write()
            """;

    private static final String DOCUMENT =
            """
            {"max_staleness": "1m", "write_policy": "write-behind", "source": {
              "sql": "SELECT id, n FROM public.killed_writes WHERE id = :key",
              "upsert": "INSERT INTO public.killed_writes (id, n) VALUES (:key, CAST(:value->>'n' AS bigint)) ON CONFLICT (id) DO UPDATE SET n = excluded.n"}}
            """;

    private static final LocalSystem system = LocalSystem.shared();
    private static final CacheClient client = new CacheClient(system);

    @BeforeAll
    static void declare() throws SQLException {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        client.declare(NAMESPACE, DOCUMENT);
    }

    @AfterAll
    static void remove() {
        client.delete("/namespaces/" + NAMESPACE);
    }

    @Test
    void shouldBringEveryAcceptedWriteToTheSourceOnceAndInOrder() throws Exception {
        // given
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Long>>> accepted =
                    IntStream.range(0, KEYS)
                            .mapToObj(
                                    key -> CompletableFuture.supplyAsync(() -> write(key), callers))
                            .toList();
            await().atMost(PATIENCE).until(() -> applied() >= KEYS);

            // when
            long killed = system.kill(Service.API_SERVICE);
            long before = applied();
            system.awaitRestart(Service.API_SERVICE, killed);

            // then
            List<List<Long>> acknowledged = accepted.stream().map(CompletableFuture::join).toList();
            for (int key = 0; key < KEYS; key++) {
                assertThat(isAccepted(id(key), LATER)).isTrue();
            }
            log.atWarn()
                    .addKeyValue("accepted", acknowledged.stream().mapToInt(List::size).sum())
                    .addKeyValue("applied-when-killed", before)
                    .log("killed");
            for (int key = 0; key < KEYS; key++) {
                String id = id(key);
                await().atMost(PATIENCE)
                        .until(() -> histories().getOrDefault(id, List.of()).contains(LATER));
                assertThat(histories().get(id))
                        .containsAll(acknowledged.get(key))
                        .isSorted()
                        .doesNotHaveDuplicates();
                await().atMost(PATIENCE)
                        .until(() -> !client.get(NAMESPACE, id).tier().equals("pending"));
                assertThat(client.get(NAMESPACE, id).value().path("n").asLong()).isEqualTo(LATER);
            }
            assertThat(acknowledged.stream().mapToInt(List::size).sum())
                    .as("some were queued when it was killed")
                    .isGreaterThan((int) before);
        }
    }

    /** Sends a caller's writes one after another until one is not accepted; those that were. */
    private static List<Long> write(int key) {
        return LongStream.rangeClosed(1, WRITES)
                .takeWhile(n -> isAccepted(id(key), n))
                .boxed()
                .toList();
    }

    /** A node that is away accepts nothing, and a caller who is not answered does not know. */
    private static boolean isAccepted(String id, long n) {
        try {
            return client.put(NAMESPACE, id, "{\"value\": {\"n\": " + n + "}}").status() == 202;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static String id(int key) {
        return "key-" + key;
    }

    private static long applied() throws SQLException {
        return histories().values().stream().mapToLong(List::size).sum();
    }

    private static Map<String, List<Long>> histories() throws SQLException {
        var histories = new TreeMap<String, List<Long>>();
        try (var connection = system.database();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT id, n FROM public.killed_writes_history ORDER BY at")) {
            while (rows.next()) {
                histories
                        .computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(rows.getLong(2));
            }
        }
        return histories;
    }
}
