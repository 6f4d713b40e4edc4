package io.freshet.stream;

import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Tracer;
import io.freshet.engine.log.TopicGate;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.stream.applier.EvictionTarget;
import io.freshet.stream.applier.PartitionApplier;
import io.freshet.stream.applier.StoreWatch;
import io.freshet.stream.audit.AuditTrail;
import io.freshet.stream.catalog.JdbcNamespaceNames;
import io.freshet.stream.kafka.AdminOffsets;
import io.freshet.stream.kafka.CommitWatch;
import io.freshet.stream.kafka.EvictionConsumer;
import io.freshet.stream.kafka.EvictionSpans;
import io.freshet.stream.kafka.ExpanderTopology;
import io.freshet.stream.kafka.LayoutBarrier;
import io.freshet.stream.kafka.OutstandingWork;
import io.freshet.stream.kafka.PartitionWatch;
import io.freshet.stream.kafka.RouterTopology;
import io.freshet.stream.kafka.RunningStreams;
import io.freshet.stream.kafka.StreamClients;
import io.freshet.stream.metrics.StreamMetrics;
import io.freshet.stream.redis.RedisEvictionTarget;
import io.freshet.stream.routing.Routing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The life of the service: brings everything up in its order on a thread of its own, and takes it
 * down in reverse.
 *
 * <p>Phases: the topics exist; the catalog is polled; router and expander stream; Redis is dialled;
 * the applier applies.
 *
 * <p>Failure modes: it waits for a Kafka, Redis or PostgreSQL that is away, at its start and later;
 * a configuration that cannot work makes it {@link State.Broken}, with the reason, until the
 * process is started anew.
 */
final class StreamService implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamService.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PARTITION_WATCH = Duration.ofSeconds(10);

    private final Plan plan;
    private final StreamMetrics metrics;
    private final MeterRegistry meters;
    private final Tracer tracer;
    private final InstantSource clock = InstantSource.system();
    private final Teardown teardown = new Teardown();
    private final Thread starter = Thread.ofPlatform().name("start").unstarted(this::bringUp);
    private volatile State state = new State.Starting("starting");

    /** What the service is doing. */
    sealed interface State {

        /** Not everything is started. */
        sealed interface NotRunning extends State {}

        /** Coming up; the step is for people. */
        record Starting(String step) implements NotRunning {}

        /** Everything is started. */
        record Running(RunningStreams router, RunningStreams expander, EvictionConsumer applier)
                implements State {}

        /** It cannot come up as it is configured. */
        record Broken(String problem) implements NotRunning {}

        /** Told to stop. */
        record Stopped() implements NotRunning {}
    }

    StreamService(Plan plan, StreamMetrics metrics, MeterRegistry meters, Tracer tracer) {
        this.plan = plan;
        this.metrics = metrics;
        this.meters = meters;
        this.tracer = tracer;
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
            state = new State.Starting("starting the streams");
            JdbcNamespaceNames catalog = teardown.add(catalog());
            teardown.add(
                    PartitionWatch.start(
                            plan.kafka().bootstrapServers(),
                            plan.kafka().topics().all(),
                            PARTITION_WATCH,
                            layoutBarrier(catalog)));
            RunningStreams router = teardown.add(router(catalog));
            RunningStreams expander = teardown.add(expander(catalog));
            state = new State.Starting("connecting to Redis");
            EvictionConsumer applier = applier(catalog, teardown.add(auditTrail()));
            state = new State.Running(router, expander, applier);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException | IllegalArgumentException e) {
            state = new State.Broken(String.valueOf(e.getMessage()));
            log.atError().setCause(e).log("the service cannot come up as it is configured");
        }
    }

    private void awaitTopics() throws InterruptedException {
        state = new State.Starting("waiting for Kafka");
        var gate = new TopicGate(plan.kafka());
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

    private JdbcNamespaceNames catalog() {
        return JdbcNamespaceNames.poll(
                plan.catalog().url(),
                plan.catalog().user(),
                plan.catalog().password(),
                plan.stream().applier().catalogInterval());
    }

    private LayoutBarrier layoutBarrier(JdbcNamespaceNames catalog) {
        return teardown.add(
                new LayoutBarrier(
                        plan.kafka().bootstrapServers(),
                        plan.kafka().topics().invalidations(),
                        plan.inbox().signer(),
                        catalog,
                        clock,
                        metrics.partitions()));
    }

    private AdminOffsets offsetsOf(String stream) {
        return teardown.add(
                new AdminOffsets(
                        plan.kafka().bootstrapServers(),
                        plan.stream().applicationId() + "-" + stream));
    }

    private RunningStreams router(JdbcNamespaceNames catalog) {
        if (plan.plantedFault() != null) {
            log.atWarn()
                    .addKeyValue("fault", plan.planted())
                    .log("MAKING MISTAKES ON PURPOSE: answers will be stale");
        }
        Topics topics = plan.kafka().topics();
        var topology =
                new RouterTopology(
                        topics,
                        new Routing(plan.stream().maxEventSize().toBytes(), plan.inbox().trusted()),
                        metrics.deadLetters(),
                        new RouterTopology.Input(
                                topics.invalidations().name(),
                                offsetsOf("router"),
                                catalog,
                                metrics.inputLosses()),
                        tracer,
                        plan.plantedFault());
        return RunningStreams.start(
                "router",
                topology.build(),
                plan.streams().router(),
                StreamClients.ofReader(),
                plan.stream().instanceId() == null,
                metrics.instance("router"));
    }

    private RunningStreams expander(JdbcNamespaceNames catalog) {
        var commits = new CommitWatch();
        var work = new OutstandingWork(metrics.expander());
        ExpanderTopology.Settings settings = plan.expander();
        Topics topics = plan.kafka().topics();
        var topology =
                new ExpanderTopology(
                        topics,
                        settings,
                        commits,
                        clock,
                        new ExpanderTopology.Surroundings(catalog, work, tracer),
                        new ExpanderTopology.Input(
                                topics.log().name(),
                                topics.entries().name(),
                                offsetsOf("expander"),
                                metrics.inputLosses()));
        return RunningStreams.start(
                "expander",
                topology.build(),
                plan.streams().expander(commits),
                new StreamClients(work::isAny, settings.stepInterval()),
                plan.stream().instanceId() == null,
                metrics.instance("expander"));
    }

    private AuditTrail auditTrail() {
        return AuditTrail.start(
                plan.kafka(), plan.access(), plan.catalog(), plan.audit(), clock, meters);
    }

    private EvictionConsumer applier(JdbcNamespaceNames catalog, AuditTrail audit) {
        RedisConnections connections = teardown.add(RedisConnector.connect(plan.redis(), meters));
        Topics topics = plan.kafka().topics();
        EvictionTarget target =
                audit.watch(
                        new RedisEvictionTarget(
                                connections,
                                new RedisApplier(
                                        connections,
                                        new RedisKeys(
                                                topics.partitioning(), plan.redis().prefix()))));
        EvictionConsumer applier =
                teardown.add(
                        EvictionConsumer.start(
                                plan.access(),
                                topics.evictions(),
                                plan.applier(),
                                new EvictionConsumer.Parts(
                                        partition ->
                                                new PartitionApplier(
                                                        partition,
                                                        topics.partitioning(),
                                                        target,
                                                        metrics.applier()),
                                        new StoreWatch(target, metrics.applier()),
                                        catalog,
                                        clock,
                                        new EvictionSpans(tracer))));
        metrics.showLag(applier, EvictionConsumer::lag);
        return applier;
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
