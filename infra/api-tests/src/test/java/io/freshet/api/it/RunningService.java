package io.freshet.api.it;

import static org.awaitility.Awaitility.await;

import io.freshet.api.ApiService;
import io.freshet.api.HttpCalls;
import io.freshet.api.http.RouteTable;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.TopicGate;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The service on servers of its own name: topics, a database with a table of products, two
 * namespaces, and a feeder that stands where invalidation-stream stands.
 */
final class RunningService implements AutoCloseable {

    static final String TOKEN = "a-token-of-the-tests";

    private static final String PRODUCTS =
            """
            CREATE TABLE products (id bigint PRIMARY KEY, name text, season text);
            INSERT INTO products
            SELECT id, 'product ' || id, CASE WHEN id % 2 = 0 THEN 'summer' ELSE 'winter' END
            FROM generate_series(1, 50) AS id;
            CREATE TABLE notes (id bigint PRIMARY KEY, text text NOT NULL CHECK (length(text) < 50),
                                slug text UNIQUE);
            CREATE TABLE tallies (id text PRIMARY KEY, n bigint NOT NULL CHECK (n >= 0));
            CREATE TABLE tally_history (at bigserial, id text, n bigint);
            CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO tally_history (id, n) VALUES (new.id, new.n); RETURN new; END $$;
            CREATE TRIGGER remembered AFTER INSERT OR UPDATE ON tallies
            FOR EACH ROW EXECUTE FUNCTION remember();
            CREATE FUNCTION fail(key text) RETURNS text LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'out of order'; END $$
            """;

    /** Has no source. */
    final String sessions = SharedServers.freshName("sessions");

    /** Reads the table of products. */
    final String products = SharedServers.freshName("products");

    /** Writes through to the table of notes. */
    final String notes = SharedServers.freshName("notes");

    /** Writes behind to the table of tallies. */
    final String tallies = SharedServers.freshName("tallies");

    /** Has a source that takes longer than it may. */
    final String slow = SharedServers.freshName("slow");

    /** Has a source that always fails. */
    final String failing = SharedServers.freshName("failing");

    final Database database = SharedServers.freshDatabase("api");
    final KafkaOptions kafka;
    final LogFeeder feeder;
    final HttpCalls api;
    final HttpCalls management;
    private final ConfigurableApplicationContext context;

    /** Returns when it is ready. */
    RunningService(Path directory)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        this(directory, Map.of());
        awaitReady();
    }

    /** With other settings; returns when it listens, ready or not. */
    RunningService(Path directory, Map<String, String> others)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        kafka =
                new KafkaOptions(
                        SharedServers.kafka().bootstrapServers(),
                        SharedServers.freshName("api"),
                        4,
                        (short) 1);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(PRODUCTS);
        }
        new TopicGate(kafka).pass();
        feeder = new LogFeeder(kafka.bootstrapServers(), kafka.topics());
        feeder.start();
        EmptyBuckets.initialise(kafka, List.of(products, notes, tallies, slow, failing));
        ApplicationContextInitializer<GenericApplicationContext> threads =
                RunningService::giveThreads;
        context =
                new SpringApplicationBuilder(ApiService.class)
                        .initializers(threads)
                        .run(arguments(directory, others));
        api = new HttpCalls(address("local.server.port"), TOKEN);
        management = api.at(address("local.management.port"));
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> management.get("/actuator/health/readiness").status() == 200);
    }

    /** What is at which path. */
    RouteTable routes() {
        return context.getBean(RouteTable.class);
    }

    String path(String namespace, String key) {
        return "/api/v1/cache/" + namespace + "/" + key;
    }

    void sql(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String[] arguments(Path directory, Map<String, String> others) throws IOException {
        var settings = new HashMap<>(settings(directory));
        settings.putAll(others);
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private Map<String, Object> settings(Path directory) throws IOException {
        return Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("management.server.port", 0),
                Map.entry("freshet.kafka.bootstrap-servers", kafka.bootstrapServers()),
                Map.entry("freshet.topics.prefix", kafka.topicsPrefix()),
                Map.entry("freshet.redis.uri", SharedServers.redis().uri()),
                Map.entry("freshet.postgres.url", database.jdbcUrl()),
                Map.entry("freshet.postgres.user", database.user()),
                Map.entry("freshet.postgres.password", database.password()),
                Map.entry("freshet.node.id", "test-node"),
                Map.entry("freshet.subscribers.max", EventStream.MOST),
                Map.entry("freshet.subscribers.queue", EventStream.WAITING),
                Map.entry("freshet.subscribers.heartbeat", "200ms"),
                Map.entry("freshet.api.token", TOKEN),
                Map.entry("freshet.api.max-body-size", "2MB"),
                Map.entry("freshet.api.namespaces-file", namespacesFile(directory).toString()));
    }

    private Path namespacesFile(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("namespaces.yaml"),
                """
                version: 1
                namespaces:
                  - name: %s
                    default-ttl: 30m
                  - name: %s
                    default-ttl: 1h
                    max-staleness: 1h
                    source:
                      sql: SELECT id, name, season FROM products WHERE id = CAST(:key AS bigint)
                      tags: ["season:{season}"]
                  - name: %s
                    max-staleness: 1h
                    write-policy: write-through
                    source:
                      sql: SELECT id, text, slug FROM notes WHERE id = CAST(:key AS bigint)
                      upsert: >-
                        INSERT INTO notes (id, text, slug)
                        SELECT CAST(:key AS bigint), v->>'text', v->>'slug' FROM (SELECT :value AS v) AS x
                        ON CONFLICT (id) DO UPDATE SET text = excluded.text, slug = excluded.slug
                      delete: DELETE FROM notes WHERE id = CAST(:key AS bigint)
                  - name: %s
                    max-staleness: 1h
                    write-policy: write-behind
                    source:
                      sql: SELECT id, n FROM tallies WHERE id = :key
                      upsert: >-
                        INSERT INTO tallies (id, n) VALUES (:key, CAST(:value->>'n' AS bigint))
                        ON CONFLICT (id) DO UPDATE SET n = excluded.n
                      delete: DELETE FROM tallies WHERE id = :key
                  - name: %s
                    max-staleness: 1h
                    source:
                      sql: SELECT CAST(:key AS text) AS key, pg_sleep(30)
                      timeout: 100ms
                  - name: %s
                    max-staleness: 1h
                    source:
                      sql: SELECT fail(CAST(:key AS text)) AS key
                """
                        .formatted(sessions, products, notes, tallies, slow, failing));
    }

    /** Of its own: those that services share end with the first that stops. */
    private static void giveThreads(GenericApplicationContext context) {
        var threads = new ReactorResourceFactory();
        threads.setUseGlobalResources(false);
        context.registerBean(ReactorResourceFactory.class, () -> threads);
    }

    /** Where the API listens. */
    int port() {
        return Integer.parseInt(property("local.server.port"));
    }

    private String address(String port) {
        return "http://127.0.0.1:" + property(port);
    }

    private String property(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    @Override
    public void close() {
        context.close();
        feeder.close();
    }
}
