package io.freshet.stream.metrics;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.stream.applier.ApplierObserver;
import io.freshet.stream.expansion.RowImages;
import io.freshet.stream.kafka.ExpanderObserver;
import io.freshet.stream.kafka.InputLosses;
import io.freshet.stream.kafka.PartitionWatch;
import io.freshet.stream.kafka.RouterTopology.DeadLetterCount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Every metric of this service, and the log events that go with the counted ones. Names are
 * Micrometer's; Prometheus shows {@code freshet.dead.letters} as {@code
 * freshet_dead_letters_total}. Thread-safe. Tags have few values: no namespaces, no keys.
 */
public final class StreamMetrics
        implements DeadLetterCount,
                ExpanderObserver,
                ApplierObserver,
                InputLosses,
                PartitionWatch.Observer {

    private static final Logger log = LoggerFactory.getLogger(StreamMetrics.class);

    private final MeterRegistry meters;
    private final Map<String, Counter> deadLetters;
    private final DistributionSummary fanOutKeys;
    private final Timer fanOutTime;
    private final Counter removed;
    private final Counter marked;
    private final Counter written;
    private final Map<RowImages.Reason, Counter> rowsRefused =
            new EnumMap<>(RowImages.Reason.class);
    private final Counter rewinds;
    private final Counter vanished;
    private final Counter expired;
    private final Counter ahead;
    private final Counter serverChanges;
    private final Losses losses = new Losses();
    private final LossReport partitions;
    private final LossReport behind;
    private final LossReport emptied;
    private final LossReport unkept;
    private final LossReport evictionsLost;
    private final Map<Input, LossReport> inputLosses = new EnumMap<>(Input.class);
    private final Map<Integer, Meter.Id> positions = new ConcurrentHashMap<>();

    public StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        deadLetters =
                Arrays.stream(MalformedRecordException.Reason.values())
                        .map(MalformedRecordException.Reason::code)
                        .collect(Collectors.toMap(Function.identity(), this::deadLetterCounter));
        fanOutKeys =
                DistributionSummary.builder("freshet.fanout.keys")
                        .description("Keys that a tag, pattern or namespace invalidation evicted")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(1.0)
                        .maximumExpectedValue(10_000_000.0)
                        .register(meters);
        fanOutTime =
                Timer.builder("freshet.fanout")
                        .description(
                                "From reading such an invalidation to handing out its last key")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofMinutes(5))
                        .register(meters);
        removed = evictions("invalidated", "Entries that the applier removed or marked");
        marked = evictions("marked", "Entries that the applier removed or marked");
        written =
                counter("freshet.rows.written", "Rows that took the place of entries they changed");
        for (RowImages.Reason reason : RowImages.Reason.values()) {
            rowsRefused.put(reason, refusedRows(reason));
        }
        rewinds =
                counter("freshet.applier.rewinds", "Buckets found behind what was applied to them");
        vanished = counter("freshet.applier.markers.vanished", "Buckets that lost their marker");
        expired = counter("freshet.applier.evictions.expired", "Buckets that retention overtook");
        ahead = counter("freshet.applier.buckets.ahead", "Buckets ahead of a topic that lost data");
        serverChanges =
                counter("freshet.redis.server.changes", "Restarts and failovers of Redis seen");
        for (Input input : Input.values()) {
            inputLosses.put(input, inputLoss(input));
        }
        partitions =
                new LossReport(
                        "partitions",
                        Level.ERROR,
                        "a topic has another number of partitions than is configured: services that"
                                + " start will refuse to, until new topics are taken in a new epoch",
                        counter(
                                "freshet.topics.repartitioned",
                                "Times that a topic was found with another number of partitions"),
                        losses);
        behind =
                redisLoss(
                        "behind",
                        Level.WARN,
                        "Redis lost its last writes (a failover, an old dump): evictions are"
                                + " applied again");
        emptied = redisLoss("emptied", Level.WARN, "Redis lost its data: buckets begin anew");
        unkept =
                redisLoss(
                        "expired",
                        Level.ERROR,
                        "Redis is older than the evictions topic keeps: its entries are not"
                                + " trusted any more");
        evictionsLost =
                redisLoss(
                        "ahead",
                        Level.ERROR,
                        "the evictions topic lost data: entries in Redis are not trusted any more");
    }

    private LossReport inputLoss(Input input) {
        String name = input.name().toLowerCase(Locale.ROOT);
        Counter found =
                Counter.builder("freshet.stream.losses")
                        .description("Losses of input found, at most one of a kind in a second")
                        .tag("input", name)
                        .register(meters);
        return switch (input) {
            case INBOX ->
                    new LossReport(
                            name,
                            Level.ERROR,
                            "invalidations were removed before they were routed: every namespace"
                                    + " is invalidated",
                            found,
                            losses);
            case LOG ->
                    new LossReport(
                            name,
                            Level.ERROR,
                            "log records were removed before they were expanded: older entries"
                                    + " in Redis are not trusted any more",
                            found,
                            losses);
            case ENTRIES ->
                    new LossReport(
                            name,
                            Level.WARN,
                            "registrations were removed before they were indexed: those entries"
                                    + " stay in Redis, unbelieved, until they expire",
                            found,
                            losses);
        };
    }

    private LossReport redisLoss(String cause, Level level, String message) {
        Counter found =
                Counter.builder("freshet.redis.losses")
                        .description("Losses of Redis found, at most one of a cause in a second")
                        .tag("cause", cause)
                        .register(meters);
        return new LossReport("redis-" + cause, level, message, found, losses);
    }

    /** Shows the records that the applier has not applied yet. */
    public <T> void showLag(T applier, ToLongFunction<T> lag) {
        Gauge.builder("freshet.applier.lag.records", applier, lag::applyAsLong)
                .description("Records of the evictions topic that are not applied yet")
                .register(meters);
    }

    /** Counts failures of a stream's thread. */
    public Runnable threadFailures(String stream) {
        Counter failures =
                Counter.builder("freshet.stream.thread.failures")
                        .description("Stream threads that failed and were replaced")
                        .tag("stream", stream)
                        .register(meters);
        return failures::increment;
    }

    @Override
    public void count(String reason) {
        deadLetters.computeIfAbsent(reason, this::deadLetterCounter).increment();
    }

    @Override
    public void opened(int partition, Supplier<Stamp> reached) {
        Gauge position =
                Gauge.builder("freshet.log.position", reached, at -> at.get().position())
                        .description("Position that the expander has reached in the log")
                        .tag("partition", Integer.toString(partition))
                        .strongReference(true)
                        .register(meters);
        positions.put(partition, position.getId());
    }

    @Override
    public void closed(int partition) {
        Meter.Id position = positions.remove(partition);
        if (position != null) {
            meters.remove(position);
        }
    }

    @Override
    public void fannedOut(long keys, Duration took) {
        fanOutKeys.record((double) keys);
        fanOutTime.record(took);
    }

    @Override
    public void rowRefused(RowImages.Reason reason) {
        requireNonNull(rowsRefused.get(reason)).increment();
    }

    @Override
    public void applied(int removedEntries, int markedEntries, int writtenRows) {
        removed.increment(removedEntries);
        marked.increment(markedEntries);
        written.increment(writtenRows);
    }

    @Override
    public void rewound(Namespace namespace, int bucket, long toOffset) {
        rewinds.increment();
        behind.found(log ->
                log.addKeyValue("namespace", namespace)
                        .addKeyValue("bucket", bucket)
                        .addKeyValue("offset", toOffset));
    }

    @Override
    public void vanished(Namespace namespace, int bucket) {
        vanished.increment();
        emptied.found(log -> log.addKeyValue("namespace", namespace).addKeyValue("bucket", bucket));
    }

    @Override
    public void expired(Namespace namespace, int bucket, long neededOffset, long firstOffset) {
        expired.increment();
        unkept.found(log ->
                log.addKeyValue("namespace", namespace)
                        .addKeyValue("bucket", bucket)
                        .addKeyValue("needed", neededOffset)
                        .addKeyValue("first", firstOffset));
    }

    @Override
    public void ahead(Namespace namespace, int bucket, long nextOffset, long endOffset) {
        ahead.increment();
        evictionsLost.found(log ->
                log.addKeyValue("namespace", namespace)
                        .addKeyValue("bucket", bucket)
                        .addKeyValue("offset", nextOffset)
                        .addKeyValue("end", endOffset));
    }

    @Override
    public void serversChanged(Set<String> before, Set<String> now) {
        serverChanges.increment();
        log.atWarn()
                .addKeyValue("before", before)
                .addKeyValue("now", now)
                .log("Redis was restarted, or failed over: markers tell whether it lost anything");
    }

    @Override
    public void lost(Input input, int partition, long from, long to) {
        requireNonNull(inputLosses.get(input))
                .found(log ->
                        log.addKeyValue("partition", partition)
                                .addKeyValue("from", from)
                                .addKeyValue("to", to));
    }

    @Override
    public void partitionsChanged(String topic, int configured, int found) {
        partitions.found(log ->
                log.addKeyValue("topic", topic)
                        .addKeyValue("configured", configured)
                        .addKeyValue("found", found));
    }

    /** What was found lost, for health. */
    public Losses losses() {
        return losses;
    }

    private Counter deadLetterCounter(String reason) {
        return Counter.builder("freshet.dead.letters")
                .description("Records of the inbox that were set aside")
                .tag("reason", reason)
                .register(meters);
    }

    private Counter refusedRows(RowImages.Reason reason) {
        return Counter.builder("freshet.rows.refused")
                .description("Rows that came with their invalidation and were not written")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(meters);
    }

    private Counter evictions(String cause, String description) {
        return Counter.builder("freshet.evictions.applied")
                .description(description)
                .tag("cause", cause)
                .register(meters);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }
}
