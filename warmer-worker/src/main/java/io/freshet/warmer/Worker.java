package io.freshet.warmer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.freshet.contracts.topic.Topics;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.EngineOptions;
import io.freshet.engine.log.TopicGate;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.resilience.GuardOptions;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.engine.source.http.HttpOptions;
import io.freshet.engine.source.http.HttpOrigins;
import io.freshet.warmer.kafka.ConsistencyTopic;
import io.freshet.warmer.kafka.InboxStretch;
import io.freshet.warmer.kafka.WarmerClients;
import io.freshet.warmer.popularity.HotKeys;
import io.freshet.warmer.settings.WarmerSettings;
import io.freshet.warmer.trigger.MissWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The life of the worker: brings everything up in its order on a thread of its own, and takes it
 * down in reverse.
 *
 * <p>Phases: the topics exist; the engine tails the log and the catalog is read; what was popular
 * is known; the engine has caught up; jobs are taken.
 *
 * <p>Failure modes: it waits for a Kafka, Redis or PostgreSQL that is away, at its start and later;
 * a configuration that cannot work makes it {@link State.Broken}, with the reason, until the
 * process is started anew.
 */
final class Worker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final EngineOptions engineOptions;
    private final String databaseName;
    private final SqlDatabaseOptions database;
    private final HttpOptions http;
    private final WarmerSettings settings;
    private final Verification verification;
    private final MeterRegistry meters;
    private final InstantSource clock = InstantSource.system();
    private final Teardown teardown = new Teardown();
    private final Thread starter = Thread.ofPlatform().name("start").unstarted(this::bringUp);
    private volatile State state = new State.Starting("starting");

    /** What the worker is doing. */
    sealed interface State {

        /** Coming up; the step is for people. */
        record Starting(String step) implements State {}

        /** Taking jobs. */
        record Running() implements State {}

        /** It cannot come up as it is configured. */
        record Broken(String problem) implements State {}

        /** Told to stop. */
        record Stopped() implements State {}
    }

    /**
     * A worker that is not started.
     *
     * @param databaseName by which namespaces name the database as their source
     * @param database also holds the catalog
     * @param http where HTTP sources may point
     */
    Worker(
            EngineOptions engineOptions,
            String databaseName,
            SqlDatabaseOptions database,
            HttpOptions http,
            WarmerSettings settings,
            Verification verification,
            MeterRegistry meters) {
        this.engineOptions = engineOptions;
        this.databaseName = databaseName;
        this.database = database;
        this.http = http;
        this.settings = settings;
        this.verification = verification;
        this.meters = meters;
    }

    State state() {
        return state;
    }

    @Override
    public void start() {
        starter.start();
    }

    private void bringUp() {
        try {
            awaitTopics();
            run();
            state = new State.Running();
            log.atInfo().addKeyValue("node", engineOptions.node()).log("warm jobs are taken");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException | IllegalArgumentException e) {
            state = new State.Broken(String.valueOf(e.getMessage()));
            log.atError().setCause(e).log("the worker cannot come up as it is configured");
        }
    }

    private void awaitTopics() throws InterruptedException {
        step("waiting for the topics");
        var gate = new TopicGate(engineOptions.kafka());
        while (true) {
            try {
                gate.pass();
                return;
            } catch (ExecutionException e) {
                log.atWarn().addKeyValue("problem", e.getCause()).log("waiting for Kafka");
                Thread.sleep(RETRY);
            }
        }
    }

    private void run() throws InterruptedException {
        Topics topics = engineOptions.kafka().topics();
        var clients =
                new WarmerClients(
                        engineOptions.kafka().bootstrapServers(),
                        "freshet-warmer-" + engineOptions.node());

        step("connecting to Redis, the log and the catalog");
        HikariDataSource catalog = teardown.add(new HikariDataSource(catalog()));
        JdbcNamespaces namespaces = teardown.add(new JdbcNamespaces(catalog));
        namespaces.start();
        SqlDatabases databases = teardown.add(new SqlDatabases(Map.of(databaseName, database)));
        HttpOrigins origins = teardown.add(new HttpOrigins(http));
        var sources = new Sources(databases, origins, GuardOptions.SOURCE);
        CacheEngine engine = teardown.add(CacheEngine.start(engineOptions, sources, meters));
        engine.keepFresh(namespaces);
        awaitCatalog(namespaces);

        var warming = new Warming(topics, clients, settings, teardown, clock, meters);
        step("reading what was popular");
        await(warming.restorePopularity());
        HotKeys hot = warming.hotKeys();
        var misses = new MissWatch();
        await(warming.hearTelemetry(misses, warming.uplift(namespaces, hot)));
        awaitLog(engine);
        warming.begin(namespaces, engine, sources, hot, misses);
        var found = teardown.add(new ConsistencyTopic(clients, topics.consistency()));
        verification
                .start(
                        engine,
                        namespaces,
                        new Sources(databases, origins, GuardOptions.SOURCE),
                        new InboxStretch(clients, topics.invalidations()),
                        engineOptions.node(),
                        found)
                .ifPresent(teardown::add);
    }

    private HikariConfig catalog() {
        var config = new HikariConfig();
        config.setPoolName("freshet-catalog");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        // PostgreSQL may come up later than this.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private void awaitCatalog(JdbcNamespaces namespaces) throws InterruptedException {
        step("waiting for the catalog");
        while (!namespaces.awaitFirst(RETRY)) {
            namespaces.problem().ifPresent(problem -> step("waiting for the catalog: " + problem));
        }
    }

    private static void await(CompletionStage<?> stage) throws InterruptedException {
        while (true) {
            try {
                stage.toCompletableFuture().get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException _) {
                // Kafka is away, or there is much to read.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void awaitLog(CacheEngine engine) throws InterruptedException {
        step("catching up with the log");
        while (!engine.isReady()) {
            Thread.sleep(GLANCE);
        }
    }

    private void step(String step) {
        state = new State.Starting(step);
    }

    @Override
    public void stop() {
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        teardown.close();
        state = new State.Stopped();
    }

    @Override
    public boolean isRunning() {
        return starter.getState() != Thread.State.NEW && !(state instanceof State.Stopped);
    }
}
