package io.freshet.api.it;

import static org.awaitility.Awaitility.await;

import io.freshet.api.ApiService;
import io.freshet.api.HttpCalls;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.TopicGate;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service on servers of its own name: topics, a database with a table of products, two
 * namespaces, and a feeder that stands where invalidation-stream stands.
 */
final class RunningService {

    static final String TOKEN = "a-token-of-the-tests";

    private static final String PRODUCTS =
            """
            CREATE TABLE products (id bigint PRIMARY KEY, name text, season text);
            INSERT INTO products
            SELECT id, 'product ' || id, CASE WHEN id % 2 = 0 THEN 'summer' ELSE 'winter' END
            FROM generate_series(1, 50) AS id
            """;

    /** Has no source. */
    final String sessions = SharedServers.freshName("sessions");

    /** Reads the table of products. */
    final String products = SharedServers.freshName("products");

    final Database database = SharedServers.freshDatabase("api");
    final KafkaOptions kafka;
    final LogFeeder feeder;
    final HttpCalls api;
    final HttpCalls management;
    private final ConfigurableApplicationContext context;

    RunningService(Path directory)
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
        initialiseBuckets();
        context = new SpringApplicationBuilder(ApiService.class).run(arguments(directory));
        api = new HttpCalls(address("local.server.port"), TOKEN);
        management = api.at(address("local.management.port"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> management.get("/actuator/health/readiness").status() == 200);
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

    private String[] arguments(Path directory) throws IOException {
        return settings(directory).entrySet().stream()
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
                Map.entry("freshet.api.token", TOKEN),
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
                """
                        .formatted(sessions, products));
    }

    /** As the applier does it when it meets a namespace for the first time. */
    private void initialiseBuckets() {
        try (RedisConnections redis =
                RedisConnector.connect(
                        RedisOptions.of(SharedServers.redis().uri()), new SimpleMeterRegistry())) {
            var applier = new RedisApplier(redis, new RedisKeys(kafka.partitioning(), ""));
            for (int bucket = 0; bucket < kafka.buckets(); bucket++) {
                applier.initialise(new Namespace(products), bucket, Stamp.ZERO, 0)
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    private String address(String port) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty(port);
    }

    void stop() throws InterruptedException {
        context.close();
        feeder.stop();
    }
}
