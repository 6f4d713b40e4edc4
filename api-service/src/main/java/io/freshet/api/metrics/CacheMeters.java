package io.freshet.api.metrics;

import io.freshet.api.problem.ProblemCode;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Lookup.Tier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every meter of the web layer. Tags are namespaces (as many as the catalog has), tiers, operations
 * and problem codes; never keys. Names are Micrometer's: Prometheus shows {@code cache.hits} as
 * {@code cache_hits_total} and {@code cache.latency} as {@code cache_latency_seconds}.
 */
public final class CacheMeters {

    private static final Duration[] BUCKETS =
            Arrays.stream(new long[] {500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000})
                    .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Namespace, NamespaceMeters> namespaces = new ConcurrentHashMap<>();
    private final Map<ProblemCode, Counter> errors;

    public CacheMeters(MeterRegistry registry) {
        this.registry = registry;
        this.errors =
                perValue(
                        ProblemCode.class,
                        code ->
                                Counter.builder("cache.errors")
                                        .description("Requests answered with a problem")
                                        .tag("code", code.code())
                                        .register(registry));
    }

    /** The meters of a namespace, which must be one of the catalog. */
    public NamespaceMeters of(Namespace namespace) {
        return namespaces.computeIfAbsent(namespace, this::bind);
    }

    /** Counts a problem. */
    public void problem(ProblemCode code) {
        Counter counter = errors.get(code);
        if (counter != null && code.isError()) {
            counter.increment();
        }
    }

    private NamespaceMeters bind(Namespace namespace) {
        String name = namespace.value();
        var hits = new EnumMap<Tier, Counter>(Tier.class);
        hits.put(Tier.L1, hits(name, Tier.L1));
        hits.put(Tier.L2, hits(name, Tier.L2));
        hits.put(Tier.PENDING, hits(name, Tier.PENDING));
        Counter misses =
                Counter.builder("cache.misses")
                        .description("Reads that neither memory nor Redis could answer")
                        .tag("namespace", name)
                        .register(registry);
        return new NamespaceMeters(
                namespace, hits, misses, perValue(Operation.class, op -> latency(name, op)));
    }

    private Counter hits(String namespace, Tier tier) {
        return Counter.builder("cache.hits")
                .description("Reads answered from memory (l1) or Redis (l2)")
                .tag("namespace", namespace)
                .tag("tier", tier.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Timer latency(String namespace, Operation operation) {
        return Timer.builder("cache.latency")
                .description("From the request's arrival until its answer is known")
                .tag("namespace", namespace)
                .tag("op", operation.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static <E extends Enum<E>, T> Map<E, T> perValue(Class<E> type, Function<E, T> meter) {
        return Arrays.stream(type.getEnumConstants())
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                meter,
                                (a, _) -> a,
                                () -> new EnumMap<>(type)));
    }
}
