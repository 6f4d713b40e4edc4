package io.freshet.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.producer.Signer;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisEntryStore;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoredEntry;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An installation of one test on real servers, in which the service can be started, and what its
 * neighbours do to it: producers, nodes that fill, api-service that keeps the catalog.
 */
final class Installation implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final int BUCKETS = 8;
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final int AT_ONCE = 200;
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database;
    private String prefix = SharedServers.freshName("stream");
    private Topics topics = new Topics(prefix, new Partitioning(PARTITIONS, BUCKETS), (short) 1);
    private int epoch = 1;
    private final String redisUri;
    private final Path stateDir;
    private final RedisConnections connections;
    private final RedisApplier applier;
    private final RedisEntryStore store;
    private final KafkaProducer<byte[], byte[]> producer;

    Installation(String redisUri, Path stateDir) {
        this(redisUri, stateDir, SharedServers.freshDatabase("stream"));
    }

    /** One with a database of its own server. */
    Installation(String redisUri, Path stateDir, Database database) {
        this.database = database;
        this.redisUri = redisUri;
        this.stateDir = stateDir;
        RedisOptions options = RedisOptions.of(redisUri).commandTimeout(SLOW);
        connections =
                RedisConnector.connect(
                        options.circuit(options.circuit().slowFrom(SLOW)),
                        new SimpleMeterRegistry());
        var keys = new RedisKeys(topics.partitioning(), "");
        applier = new RedisApplier(connections, keys);
        store = new RedisEntryStore(connections, keys);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka(), "linger.ms", 0, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    private static String kafka() {
        return SharedServers.kafka().bootstrapServers();
    }

    /** A node of this installation with the values of a query as source. */
    ReadingNode node(Namespace namespace, String sql) {
        return ReadingNode.start(
                new KafkaOptions(kafka(), prefix, PARTITIONS, BUCKETS, (short) 1, 1),
                redisUri,
                new SqlDatabaseOptions(database.jdbcUrl(), database.user(), database.password()),
                namespace,
                sql);
    }

    /**
     * Runs the service until it has read something, and ends it; the key is in Redis, stamped by
     * this log.
     */
    void runOnceAndLeave(Namespace namespace, EntryKey key) throws Exception {
        migrate();
        declare(namespace);
        try (var _ = start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> takesFills(namespace));
            invalidateKey(namespace, key);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !begun(namespace, key).equals(Stamp.ZERO));
            fill(namespace, key, Stamp.of(1, 1));
            assertThat(holds(namespace, key)).isTrue();
        }
    }

    /** What an operator does: other topics, with the same Redis, in another epoch. */
    void takeNewTopics(int inEpoch) {
        prefix = SharedServers.freshName("stream");
        topics = new Topics(prefix, topics.partitioning(), (short) 1);
        epoch = inEpoch;
    }

    /** Adds partitions to a topic. */
    void grow(TopicSpec<?> topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            var more = NewPartitions.increaseTo(2 * topic.partitions());
            admin.createPartitions(Map.of(topic.name(), more)).all().get();
        }
    }

    /** Heartbeats by every inbox partition, so that nodes know how current they are. */
    void heartbeat() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(
                    topics.invalidations(),
                    partition,
                    topics.invalidations()
                            .codec()
                            .encode(new Event.Heartbeat("primary", new Lsn(1), Instant.now())));
        }
    }

    /** Writes records to every partition. */
    <V> void sendAll(TopicSpec<V> topic, List<V> values) {
        for (int partition = 0; partition < topic.partitions(); partition++) {
            for (V value : values) {
                send(topic, partition, topic.codec().encode(value));
            }
        }
    }

    /** What retention does: removes every record that a topic has now. */
    void expire(TopicSpec<?> topic) throws Exception {
        var ends = new HashMap<TopicPartition, RecordsToDelete>();
        try (var consumer = newConsumer();
                var admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            consumer.endOffsets(partitionsOf(topic))
                    .forEach((partition, end) ->
                            ends.put(partition, RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(ends).all().get();
        }
    }

    Topics topics() {
        return topics;
    }

    /** Makes the catalog, as api-service does. */
    void migrate() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .schemas("freshet")
                .locations("classpath:db/migration/freshet")
                .load()
                .migrate();
    }

    void declare(Namespace namespace) throws SQLException {
        execute("INSERT INTO freshet.cache_namespaces (name) VALUES ('" + namespace + "')");
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many invalidations of a namespace the audit tells of. */
    long audited(Namespace namespace) throws SQLException {
        return number(
                "SELECT coalesce(sum(count), 0) FROM freshet.audit WHERE leads AND namespace = '%s'"
                        .formatted(namespace));
    }

    /** Lets nothing be written to the audit until it is closed. */
    Connection holdAuditUp() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE freshet.audit_progress IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    /** Targets of which the audit does not tell exactly once in some partition of the log. */
    List<String> toldOtherThanOnce(Namespace namespace) throws SQLException {
        var wrong = new ArrayList<String>();
        String sql =
                """
                SELECT targets[1] FROM freshet.audit WHERE namespace = '%1$s' AND type = 'tag'
                GROUP BY targets
                HAVING count(*) <> %2$d OR count(DISTINCT partition) <> %2$d
                    OR count(*) FILTER (WHERE leads) <> 1
                """
                        .formatted(namespace, PARTITIONS);
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                wrong.add(row.getString(1));
            }
        }
        return wrong;
    }

    /** How many entries went with an invalidation, as the audit tells. */
    long evicted(Namespace namespace, String target) throws SQLException {
        return number(
                """
                SELECT coalesce(sum(e.evicted), 0) FROM freshet.audit a
                JOIN freshet.audit_effects e ON e.partition = a.partition
                 AND e.position BETWEEN a.first_position AND a.last_position
                WHERE a.namespace = '%s' AND a.targets = ARRAY['%s']
                """
                        .formatted(namespace, target));
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    ConfigurableApplicationContext start() {
        return startAt(kafka());
    }

    ConfigurableApplicationContext startAt(String bootstrapServers) {
        return SpringApplication.run(
                StreamApplication.class, options(bootstrapServers).toArray(String[]::new));
    }

    /** Another instance, or one with other options than usual; later options win. */
    ConfigurableApplicationContext start(String... more) {
        return SpringApplication.run(StreamApplication.class, and(more).toArray(String[]::new));
    }

    /** The same in a process of its own. */
    ServiceProcess fork(Path output, String... more) throws IOException {
        return ServiceProcess.start(StreamApplication.class, and(more), output);
    }

    private List<String> and(String... more) {
        Map<String, String> options = new LinkedHashMap<>();
        Stream.concat(options(kafka()).stream(), Arrays.stream(more))
                .forEach(option -> options.put(option.split("=", 2)[0], option));
        return List.copyOf(options.values());
    }

    private List<String> options(String bootstrapServers) {
        return List.of(
                "--server.port=0",
                "--freshet.kafka.bootstrap-servers=" + bootstrapServers,
                "--freshet.topics.prefix=" + prefix,
                "--freshet.topics.epoch=" + epoch,
                "--freshet.topics.log-partitions=" + PARTITIONS,
                "--freshet.topics.buckets=" + BUCKETS,
                "--freshet.redis.uri=" + redisUri,
                "--freshet.postgres.url=" + database.jdbcUrl(),
                "--freshet.postgres.user=" + database.user(),
                "--freshet.postgres.password=" + database.password(),
                "--freshet.stream.application-id=" + prefix,
                "--freshet.stream.state-dir=" + stateDir,
                "--freshet.stream.standby-replicas=0",
                "--freshet.stream.applier.idle-interval=200ms",
                "--freshet.stream.applier.longest-back-off=500ms");
    }

    static HttpResponse<String> get(ConfigurableApplicationContext service, String endpoint)
            throws Exception {
        String port = service.getEnvironment().getProperty("local.server.port");
        var uri = URI.create("http://127.0.0.1:%s/actuator/%s".formatted(port, endpoint));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    /** What anyone may produce; partition 0 of the inbox. */
    void produce(String json) {
        produce(0, json);
    }

    /** What a producer of its own mind may do. */
    void produce(int partition, String json) {
        send(topics.invalidations(), partition, json.getBytes(UTF_8));
    }

    /** What somebody who signs produces. */
    void produce(String json, Signer signer) {
        send(topics.invalidations(), 0, json.getBytes(UTF_8), signer);
    }

    void invalidateKey(Namespace namespace, EntryKey key) {
        produce(
                """
                {"schema":1,"type":"key","namespace":"%s","key":"%s"}\
                """
                        .formatted(namespace, key));
    }

    void invalidateTag(Namespace namespace, String tag) {
        produce(
                """
                {"schema":1,"type":"tag","namespace":"%s","tag":"%s"}\
                """
                        .formatted(namespace, tag));
    }

    /** Registers many entries and writes them; all of them are in Redis then. */
    void fillAll(Namespace namespace, List<EntryKey> keys, Stamp stamp, String tag) {
        Instant expiry = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(LIFE);
        Set<Tag> tags = Set.of(new Tag(tag));
        List<Future<?>> registered = new ArrayList<>();
        for (EntryKey key : keys) {
            var registration = new Registration(namespace, key, stamp, tags, expiry);
            int partition = topics.partitioning().partitionOf(namespace, key);
            byte[] value = topics.entries().codec().encode(Registrations.of(registration));
            registered.add(
                    producer.send(
                            new ProducerRecord<>(topics.entries().name(), partition, null, value)));
        }
        registered.forEach(Installation::outcome);
        for (List<EntryKey> some : inTurns(keys)) {
            List<CompletionStage<FillOutcome>> fills =
                    some.stream()
                            .map(key -> store.fill(namespace, key, entry(stamp, tags, expiry)))
                            .toList();
            assertThat(fills)
                    .allSatisfy(
                            fill -> assertThat(await(fill)).isEqualTo(new FillOutcome.Stored()));
        }
    }

    private static List<List<EntryKey>> inTurns(List<EntryKey> keys) {
        return IntStream.range(0, Math.ceilDiv(keys.size(), AT_ONCE))
                .mapToObj(turn ->
                        keys.subList(turn * AT_ONCE, Math.min(keys.size(), (turn + 1) * AT_ONCE)))
                .toList();
    }

    /** Whether the expander has taken every registration, lastingly. */
    boolean isIndexed() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka()));
                var consumer = newConsumer()) {
            var taken =
                    admin.listConsumerGroupOffsets(prefix + "-expander")
                            .partitionsToOffsetAndMetadata()
                            .get();
            return consumer.endOffsets(partitionsOf(topics.entries())).entrySet().stream()
                    .allMatch(end -> {
                        var offset = taken.get(end.getKey());
                        return offset != null && offset.offset() == end.getValue();
                    });
        }
    }

    /** How many of them are in Redis. */
    long held(Namespace namespace, List<EntryKey> keys) {
        long held = 0;
        for (List<EntryKey> some : inTurns(keys)) {
            List<CompletionStage<StoredEntry>> reads =
                    some.stream().map(key -> store.read(namespace, key)).toList();
            held += reads.stream().filter(read -> await(read).entry() != null).count();
        }
        return held;
    }

    /** Registers the entry and writes it, as a node does. */
    FillOutcome fill(Namespace namespace, EntryKey key, Stamp stamp, String... tags) {
        var tagSet = Arrays.stream(tags).map(Tag::new).collect(Collectors.toSet());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant expiry = now.plus(LIFE);
        var registration = new Registration(namespace, key, stamp, tagSet, expiry);
        send(
                topics.entries(),
                topics.partitioning().partitionOf(namespace, key),
                topics.entries().codec().encode(Registrations.of(registration)));
        return await(store.fill(namespace, key, entry(stamp, tagSet, expiry)));
    }

    private static Entry entry(Stamp stamp, Set<Tag> tags, Instant expiry) {
        var header =
                new EntryHeader(
                        Kind.VALUE,
                        stamp,
                        Stamp.ZERO,
                        expiry.minus(LIFE),
                        expiry,
                        expiry,
                        Duration.ofMillis(2),
                        EntryHeader.JSON,
                        tags);
        return new Entry(header, "1".getBytes(UTF_8));
    }

    StoredEntry read(Namespace namespace, EntryKey key) {
        return await(store.read(namespace, key));
    }

    boolean holds(Namespace namespace, EntryKey key) {
        return read(namespace, key).entry() != null;
    }

    Map<Integer, Marker> markers(Namespace namespace) {
        return await(applier.markers(namespace, IntStream.range(0, BUCKETS).boxed().toList()));
    }

    /** Below which fills of the key are refused. */
    Stamp begun(Namespace namespace, EntryKey key) {
        return requireNonNull(read(namespace, key).marker()).begun();
    }

    /** Whether every bucket takes fills. */
    boolean takesFills(Namespace namespace) {
        return markers(namespace).size() == BUCKETS;
    }

    private void send(TopicSpec<?> topic, int partition, byte[] value) {
        send(topic, partition, value, Signer.none());
    }

    private void send(TopicSpec<?> topic, int partition, byte[] value, Signer signer) {
        var record = new ProducerRecord<byte[], byte[]>(topic.name(), partition, null, value);
        signer.sign(record);
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A reader of what comes into a topic from now on. */
    KafkaConsumer<byte[], byte[]> tail(TopicSpec<?> topic) {
        var consumer = newConsumer();
        List<TopicPartition> partitions = partitionsOf(topic);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        return consumer;
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitionsOf(TopicSpec<?> topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    /** Every record of a topic, by partition and offset. */
    List<ConsumerRecord<byte[], byte[]>> records(TopicSpec<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = newConsumer()) {
            List<TopicPartition> partitions = partitionsOf(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < requireNonNull(ends.get(each)))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    <T> List<T> values(TopicSpec<T> topic) {
        return records(topic).stream().map(each -> topic.codec().decode(each.value())).toList();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return outcome(stage.toCompletableFuture());
    }

    private static <T> T outcome(Future<T> outcome) {
        try {
            return outcome.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        connections.close();
    }
}
