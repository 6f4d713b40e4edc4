package io.freshet.api.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.freshet.api.metrics.WindowMeters;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.log.TopicGate;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.namespace.NamespaceCatalog;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.engine.source.http.HttpOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The life of the engine inside the service: brings it up in its order on a thread of its own, and
 * takes it down in reverse, after the web server has answered its last request.
 *
 * <p>Phases: the schema is migrated and the declared namespaces are in the catalog; the topics
 * exist; the engine tails the log, and requests reach it; it has caught up.
 *
 * <p>Failure modes: it waits for a PostgreSQL, Kafka or Redis that is away, at its start and later;
 * a configuration that cannot work makes the node {@link Node.State.Broken}, with the reason, until
 * the process is started anew.
 */
public final class NodeLifecycle implements SmartLifecycle {

    /** Something that lives as long as the engine does. */
    @FunctionalInterface
    public interface Companion {

        /** Starts; what it answers is closed before the engine. */
        AutoCloseable start(CacheEngine engine);
    }

    private static final Logger log = LoggerFactory.getLogger(NodeLifecycle.class);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final NodeOptions options;
    private final Node node;
    private final List<Companion> companions;
    private final MeterRegistry meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Waiting waiting = new Waiting(closing);
    private final Teardown teardown = new Teardown();
    private final Thread starter = Thread.ofPlatform().name("start").unstarted(this::bringUp);
    private volatile boolean running;

    public NodeLifecycle(
            NodeOptions options, Node node, List<Companion> companions, MeterRegistry meters) {
        this.options = options;
        this.node = node;
        this.companions = List.copyOf(companions);
        this.meters = meters;
    }

    @Override
    public void start() {
        running = true;
        starter.start();
    }

    private void bringUp() {
        try {
            HikariDataSource catalog = teardown.add(new HikariDataSource(catalog()));
            awaitCatalog(catalog);
            awaitTopics();
            CacheEngine engine = run(catalog);
            while (!engine.isReady()) {
                if (closing.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            log.atInfo()
                    .addKeyValue("node", options.engine().node())
                    .log("The node has caught up with the log and answers");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            node.become(new Node.State.Broken(String.valueOf(e.getMessage())));
            log.atError().setCause(e).log("The node cannot come up as it is configured");
        }
    }

    private void awaitCatalog(HikariDataSource dataSource) throws InterruptedException {
        String server = "PostgreSQL at " + options.database().url();
        step("waiting for " + server);
        waiting.until(server, new Schema(dataSource)::migrate);
        waiting.until(server, () -> declare(dataSource));
    }

    private void declare(HikariDataSource dataSource) throws Waiting.NotYetException {
        if (options.declared().isEmpty()) {
            return;
        }
        try {
            var applied = new NamespaceCatalog(dataSource).apply(options.declared(), "file");
            log.atInfo()
                    .addKeyValue("created", applied.created())
                    .addKeyValue("changed", applied.changed())
                    .addKeyValue("unchanged", applied.unchanged())
                    .log("The declared namespaces are in the catalog");
        } catch (SQLException e) {
            throw new Waiting.NotYetException(e);
        }
    }

    private void awaitTopics() throws InterruptedException {
        String server = "Kafka at " + options.engine().kafka().bootstrapServers();
        step("waiting for " + server);
        var gate = new TopicGate(options.engine().kafka());
        waiting.until(
                server,
                () -> {
                    try {
                        gate.pass();
                    } catch (ExecutionException e) {
                        throw new Waiting.NotYetException(e.getCause() == null ? e : e.getCause());
                    }
                });
    }

    private CacheEngine run(HikariDataSource catalog) throws InterruptedException {
        step("connecting to Redis and the log");
        JdbcNamespaces namespaces = teardown.add(new JdbcNamespaces(catalog));
        namespaces.start();
        SqlDatabases databases =
                teardown.add(
                        new SqlDatabases(Map.of(options.engine().database(), options.database())));
        HttpOrigins origins = teardown.add(new HttpOrigins(options.http()));
        var sources = new Sources(databases, origins, options.sourceGuards());
        CacheEngine engine = teardown.add(CacheEngine.start(options.engine(), sources, meters));
        engine.keepFresh(namespaces);
        companions.forEach(companion -> teardown.add(companion.start(engine)));
        while (!namespaces.awaitFirst(PATIENCE)) {
            namespaces.problem().ifPresent(problem -> step("waiting for the catalog: " + problem));
        }
        engine.writeBehind(options.writes(), namespaces, meters);
        engine.reloadHot(namespaces, meters);
        var windows =
                new WindowMeters(
                        meters, name -> engine.window(namespaces.find(name).orElseThrow()));
        namespaces.onChange(windows::on);
        namespaces.onChange(new OutdatedEntries(engine.cache(), sources, options.engine().node()));
        namespaces.all().forEach(windows::bind);
        node.become(
                new Node.State.Running(
                        engine.cache(),
                        engine.inventory(),
                        namespaces,
                        new Administration(catalog, namespaces, sources),
                        engine.locks(new SqlFencingTokens(catalog)),
                        engine.structures(),
                        new EngineVitals(engine, namespaces, sources)));
        return engine;
    }

    private HikariConfig catalog() {
        var config = new HikariConfig();
        config.setPoolName("freshet-catalog");
        config.setJdbcUrl(options.database().url());
        config.setUsername(options.database().user());
        config.setPassword(options.database().password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        // PostgreSQL may come up later than this.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private void step(String step) {
        node.become(new Node.State.Starting(step));
    }

    @Override
    public void stop() {
        closing.countDown();
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        node.become(new Node.State.Stopped());
        teardown.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server starts, after it has stopped. */
    @Override
    public int getPhase() {
        return 0;
    }
}
