package io.freshet.warmer;

import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.namespace.NamespaceCatalog;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** An installation of one test on real servers, in which a worker can be started. */
final class Installation {

    private final Database database = SharedServers.freshDatabase("warmer");
    private final KafkaOptions kafka =
            new KafkaOptions(
                    SharedServers.kafka().bootstrapServers(),
                    SharedServers.freshName("warmer"),
                    4,
                    (short) 1);

    /** Makes the catalog, as api-service does. */
    void migrate() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .schemas("freshet")
                .locations("classpath:db/migration/freshet")
                .load()
                .migrate();
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Declares a namespace, and gives its buckets their markers, as the applier does. */
    void declare(NamespaceConfig namespace) throws Exception {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        new NamespaceCatalog(dataSource).apply(List.of(namespace), "test");
        initialiseBuckets(namespace.name());
    }

    private void initialiseBuckets(Namespace namespace) throws Exception {
        try (var redis =
                RedisConnector.connect(
                        RedisOptions.of(SharedServers.redis().uri()), new SimpleMeterRegistry())) {
            var applier = new RedisApplier(redis, new RedisKeys(kafka.partitioning(), ""));
            for (int bucket = 0; bucket < kafka.buckets(); bucket++) {
                applier.initialise(namespace, bucket, Stamp.ZERO, 0).toCompletableFuture().get();
            }
        }
    }

    Topics topics() {
        return kafka.topics();
    }

    /** Options of a worker of this installation, as a command line states them. */
    String[] options() {
        return new String[] {
            "--server.port=0",
            "--management.server.port=0",
            "--freshet.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--freshet.topics.prefix=" + kafka.topicsPrefix(),
            "--freshet.redis.uri=" + SharedServers.redis().uri(),
            "--freshet.postgres.url=" + database.jdbcUrl(),
            "--freshet.postgres.user=" + database.user(),
            "--freshet.postgres.password=" + database.password()
        };
    }

    void send(WarmJob job) throws Exception {
        send(topics().warmJobs(), job.id(), job);
    }

    void send(Traffic traffic) throws Exception {
        send(topics().telemetry(), traffic.namespace().value(), traffic);
    }

    private <T> void send(TopicSpec<T> topic, String key, T value) throws Exception {
        try (var producer =
                new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, topic.codec().encode(value)))
                    .get();
        }
    }

    /** Everything that was told of jobs. */
    List<WarmProgress> progress() {
        return all(topics().warmProgress());
    }

    /** Everything of the popularity that was saved. */
    List<PopularityRecord> popularity() {
        return all(topics().popularity());
    }

    private <T> List<T> all(TopicSpec<T> topic) {
        List<T> told = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        client(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, topic.partitions())
                            .mapToObj(p -> new TopicPartition(topic.name(), p))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> told.add(topic.codec().decode(record.value())));
            }
        }
        return told;
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
