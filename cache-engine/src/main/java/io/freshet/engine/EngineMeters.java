package io.freshet.engine;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.KafkaTelemetry;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.near.NearCache;
import io.freshet.engine.near.NearMetrics;
import io.freshet.engine.read.LoadObserver;
import io.freshet.engine.redis.Upkeep;
import io.freshet.engine.telemetry.TrafficRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of a node's protocol; namespaces are bounded by the catalog. */
final class EngineMeters implements LoadObserver, NodeLog.Losses {

    private final MeterRegistry registry;
    private final TrafficRecorder traffic;
    private final Map<Namespace, OfNamespace> meters = new ConcurrentHashMap<>();

    /**
     * @param traffic is told of loads as well
     */
    EngineMeters(MeterRegistry registry, TrafficRecorder traffic) {
        this.registry = registry;
        this.traffic = traffic;
        for (NodeLog.Loss loss : NodeLog.Loss.values()) {
            losses(loss);
        }
    }

    @Override
    public void lost(NodeLog.Loss loss) {
        losses(loss).increment();
    }

    private Counter losses(NodeLog.Loss loss) {
        return Counter.builder("freshet.log.losses")
                .description("Stretches of the log that this node could not read: older is stale")
                .tag("cause", loss.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void watch(
            LogView view,
            int partitions,
            Watermarks watermarks,
            String database,
            NearCache near,
            InstantSource clock) {
        for (int p = 0; p < partitions; p++) {
            int partition = p;
            Gauge.builder("freshet.node.position", view, v -> v.position(partition).position())
                    .description("Records of the log partition that this node has put in force")
                    .tag("partition", Integer.toString(p))
                    .register(registry);
        }
        Gauge.builder(
                        "freshet.watermark.age",
                        watermarks,
                        marks ->
                                marks.age(database, clock.instant())
                                        .map(age -> age.toMillis() / 1e3)
                                        .orElse(Double.NaN))
                .description("Age of the newest commit up to which everything is in force here")
                .baseUnit("seconds")
                .tag("source", database)
                .register(registry);
        new NearMetrics(near).bindTo(registry);
    }

    /** What a namespace holds in Redis, which every node says alike. */
    void watch(Namespace namespace, Upkeep upkeep) {
        new UsageMeters(registry, namespace, upkeep).bind();
    }

    void watch(KafkaTelemetry telemetry) {
        FunctionCounter.builder("freshet.telemetry.dropped", telemetry, KafkaTelemetry::dropped)
                .description("Records of telemetry that Kafka did not take")
                .register(registry);
    }

    @Override
    public void loaded(Namespace namespace, Duration took) {
        of(namespace).loads.record(took);
        traffic.loaded(namespace, took);
    }

    @Override
    public void overtaken(Namespace namespace) {
        of(namespace).overtaken.increment();
    }

    @Override
    public void refused(Namespace namespace) {
        of(namespace).refused.increment();
    }

    @Override
    public void uncached(Namespace namespace, Uncached reason) {
        of(namespace).uncached(reason).increment();
    }

    @Override
    public void shared(Namespace namespace) {
        of(namespace).shared.increment();
    }

    @Override
    public void outwaited(Namespace namespace) {
        of(namespace).outwaited.increment();
    }

    @Override
    public void outsideWindow(Namespace namespace) {
        of(namespace).outsideWindow.increment();
    }

    private OfNamespace of(Namespace namespace) {
        return meters.computeIfAbsent(namespace, name -> new OfNamespace(registry, name.value()));
    }

    private record OfNamespace(
            Timer loads,
            Counter overtaken,
            Counter refused,
            Counter shared,
            Counter outwaited,
            Counter outsideWindow,
            Map<Uncached, Counter> uncached) {

        OfNamespace(MeterRegistry registry, String namespace) {
            this(
                    Timer.builder("freshet.source.loads")
                            .description("Reads of the source")
                            .tag("namespace", namespace)
                            .publishPercentileHistogram()
                            .register(registry),
                    Counter.builder("freshet.loads.overtaken")
                            .description("Loads that an invalidation overtook")
                            .tag("namespace", namespace)
                            .register(registry),
                    Counter.builder("freshet.stale.fills.refused")
                            .description("Fills that Redis refused because an eviction had begun")
                            .tag("namespace", namespace)
                            .register(registry),
                    Counter.builder("freshet.loads.shared")
                            .description("Loads that were not needed: another node had done them")
                            .tag("namespace", namespace)
                            .register(registry),
                    Counter.builder("freshet.leases.outwaited")
                            .description("Loads done without a lease that another held too long")
                            .tag("namespace", namespace)
                            .register(registry),
                    Counter.builder("freshet.window.exceeded")
                            .description("Reads while the pipeline lagged past the window")
                            .tag("namespace", namespace)
                            .register(registry),
                    new EnumMap<>(Uncached.class));
            for (Uncached reason : Uncached.values()) {
                uncached.put(
                        reason,
                        Counter.builder("freshet.uncached")
                                .description("Values that were answered but not cached")
                                .tag("namespace", namespace)
                                .tag("reason", label(reason))
                                .register(registry));
            }
        }

        Counter uncached(Uncached reason) {
            return Objects.requireNonNull(uncached.get(reason));
        }

        private static String label(Uncached reason) {
            return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
