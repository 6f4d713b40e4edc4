package io.freshet.cdc.capture;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.position.PositionStore;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.cdc.settings.KafkaSettings;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSetup;
import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Tracer;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.jspecify.annotations.Nullable;

/** Change capture of one database into topics of its own, and a reader of what comes out. */
final class CaptureRig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final int PARTITIONS = 4;
    private static final double WARN_AT = 0.5;

    final Database database;
    private final String source;
    final Topics topics;
    final String slot = SharedServers.freshName("slot");
    final InboxReader inbox;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CaptureMetrics metrics = new CaptureMetrics(meters, () -> 0, () -> 0);
    CaptureStatus status = new CaptureStatus(Clock.systemUTC(), WARN_AT);
    private @Nullable CaptureLoop loop;

    CaptureRig() {
        this(SharedServers.freshDatabase("cdc"));
    }

    CaptureRig(Database database) {
        this(
                database,
                "primary",
                new Topics(
                        SharedServers.freshName("cdc"),
                        new Partitioning(PARTITIONS, PARTITIONS),
                        (short) 1));
    }

    private CaptureRig(Database database, String source, Topics topics) {
        this.database = database;
        this.source = source;
        this.topics = topics;
        String kafka = SharedServers.kafka().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicSetup(admin).ensure(List.of(topics.invalidations()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        this.inbox = new InboxReader(kafka, topics.invalidations());
    }

    /** Another database, under a name of its own, into the same topics. */
    CaptureRig beside(String otherSource) {
        return new CaptureRig(SharedServers.freshDatabase("cdc"), otherSource, topics);
    }

    static CaptureRig on(PostgresServer server) throws SQLException {
        String name = SharedServers.freshName("cdc");
        server.createDatabase(name);
        return new CaptureRig(
                new Database(server.jdbcUrl(name), server.user(), server.password(), name));
    }

    /** The rules' part after {@code version: 1}. */
    void start(String rules) {
        start(rules, settings());
    }

    void start(String rules, CaptureSettings settings) {
        CaptureStatus current = new CaptureStatus(Clock.systemUTC(), WARN_AT);
        status = current;
        metrics.watch(parsed(rules), current::isImpaired);
        CaptureLoop started =
                new CaptureLoop(
                        settings,
                        sourceOf(settings),
                        parsed(rules),
                        topics,
                        new KafkaSettings(SharedServers.kafka().bootstrapServers(), "test", null),
                        metrics,
                        status,
                        Tracer.off());
        loop = started;
        started.start();
    }

    /** How many rules the metric calls impaired, after the first start. */
    double rulesImpaired() {
        return meters.find("freshet.capture.rule.impaired").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static SourceDatabase sourceOf(CaptureSettings settings) {
        return new SourceDatabase(
                requireNonNull(settings.url()),
                requireNonNull(settings.user()),
                requireNonNull(settings.password()));
    }

    private static Rules parsed(String rules) {
        return RulesFile.parse("version: 1\nrules:\n" + rules.indent(2));
    }

    PositionStore positions() {
        return new PositionStore(
                SharedServers.kafka().bootstrapServers(),
                topics.captureOffsets(),
                settings().source());
    }

    /** The look at the database that a session takes. */
    DatabaseWatch watch(String rules, Connection connection, PositionKeeper keeper)
            throws SQLException {
        Fit fit = new CapturedTables(parsed(rules), connection).fit();
        return new DatabaseWatch(
                settings(), sourceOf(settings()), parsed(rules), fit, connection, status, keeper);
    }

    /** Gives the inbox as many partitions again. */
    void growInbox() throws Exception {
        String kafka = SharedServers.kafka().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createPartitions(
                            Map.of(
                                    topics.invalidations().name(),
                                    NewPartitions.increaseTo(2 * PARTITIONS)))
                    .all()
                    .get();
        }
    }

    /** Ends whoever reads the slot and drops it before anybody can read it again. */
    void dropActiveSlot() throws SQLException {
        sql(
                """
                DO $$ BEGIN
                  FOR attempt IN 1..1000 LOOP
                    PERFORM pg_terminate_backend(active_pid)
                    FROM pg_replication_slots WHERE slot_name = '%1$s';
                    BEGIN
                      PERFORM pg_drop_replication_slot('%1$s');
                      RETURN;
                    EXCEPTION WHEN object_in_use THEN
                      PERFORM pg_sleep(0.005);
                    END;
                  END LOOP;
                END $$
                """
                        .formatted(slot));
    }

    /** Starts, waits until the log flows, and forgets the barriers of the first start. */
    void startAndForgetBarriers(String rules) {
        start(rules);
        awaitCapturing();
        inbox.forget();
    }

    void awaitCapturing() {
        awaitState(CaptureState.Capturing.class);
        await().atMost(PATIENCE).until(() -> !inbox.heartbeats(0).isEmpty());
    }

    void awaitState(Class<? extends CaptureState> state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state.isInstance(status.state()));
    }

    void stop() {
        CaptureLoop running = loop;
        if (running != null) {
            try {
                running.stop();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            loop = null;
        }
    }

    CaptureSettings settings() {
        return settings(Duration.ofSeconds(2));
    }

    CaptureSettings settings(Duration visibilityWait) {
        return new CaptureSettings(
                database.jdbcUrl(),
                database.user(),
                database.password(),
                Path.of("unused"),
                slot,
                "freshet",
                source,
                Duration.ofMillis(200),
                visibilityWait,
                Duration.ofMillis(50),
                Duration.ofMillis(2),
                512,
                Duration.ofSeconds(6),
                WARN_AT);
    }

    void sql(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** One transaction; answers its id. */
    long transaction(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            long id = Long.parseLong(text(statement, "SELECT pg_current_xact_id()::text"));
            connection.commit();
            return id;
        }
    }

    String text(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return text(statement, query);
        }
    }

    /** Waits until every partition has the heartbeat that follows all that was committed so far. */
    void awaitAllDelivered() throws SQLException {
        awaitAllDelivered(PATIENCE);
    }

    void awaitAllDelivered(Duration patience) throws SQLException {
        Lsn written = Lsn.parse(text("SELECT pg_current_wal_insert_lsn()::text"));
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        IntStream.range(0, PARTITIONS).allMatch(p -> inbox.isPast(p, written)));
    }

    List<Target> targetsAfterAllDelivered() throws SQLException {
        awaitAllDelivered();
        return inbox.targets();
    }

    /** Those that arrived, each of which stands in every partition. */
    List<Event.Invalidation> barriers() {
        return inbox.invalidations().stream()
                .filter(event -> event.cause().kind() == Cause.Kind.BARRIER)
                .distinct()
                .toList();
    }

    static Target key(String namespace, String key) {
        return new Target.OfKey(new Namespace(namespace), new EntryKey(key));
    }

    static Target tag(String namespace, String tag) {
        return new Target.OfTag(new Namespace(namespace), new Tag(tag));
    }

    static Target all(String namespace) {
        return new Target.OfNamespace(new Namespace(namespace));
    }

    /** Stops, and drops the slot so that the server can drop its log. */
    @Override
    public void close() throws SQLException {
        stop();
        inbox.close();
        sql(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                        + " WHERE slot_name = '"
                        + slot
                        + "' AND active_pid IS NULL");
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
