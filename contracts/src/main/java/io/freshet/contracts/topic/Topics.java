package io.freshet.contracts.topic;

import io.freshet.contracts.codec.Codec;
import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Every topic of an installation.
 *
 * <p>The log, the entries, the evictions and the scopes have the same number of partitions and are
 * written to explicit ones: record of partition p speak of log partition p.
 *
 * @param prefix begins every name; {@code freshet} unless several installations share a cluster
 * @param replicationFactor of every topic
 */
public record Topics(String prefix, Partitioning partitioning, short replicationFactor) {

    /** Of the topics that hold values. */
    public static final int LARGEST_RECORD = 32 * 1024 * 1024;

    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1");

    /** The public inbox of invalidations. */
    public TopicSpec<Event> invalidations() {
        return spec("invalidations", Codecs.EVENT, logPartitions(), keptFor(Duration.ofDays(7)));
    }

    /** What could not be read from the inbox or from SQL, as it came; the headers say why. */
    public TopicSpec<byte[]> deadLetters() {
        return spec("invalidations.dead-letter", RAW, 1, keptFor(Duration.ofDays(30)));
    }

    /** The invalidation log: the clock of everything. */
    public TopicSpec<LogRecord> log() {
        return spec("log", Codecs.LOG_RECORD, logPartitions(), keptFor(Duration.ofDays(7)));
    }

    /** Registrations of entries about to be written. */
    public TopicSpec<Registrations> entries() {
        return spec("entries", Codecs.REGISTRATIONS, logPartitions(), keptFor(Duration.ofDays(7)));
    }

    /** Evictions for the applier. */
    public TopicSpec<Eviction> evictions() {
        return spec("evictions", Codecs.EVICTION, logPartitions(), keptFor(Duration.ofDays(7)));
    }

    /** Last positions of scopes, compacted. */
    public TopicSpec<ScopeRecord> scopes() {
        return spec("scopes", Codecs.SCOPE, logPartitions(), COMPACTED);
    }

    /** How far fan-outs are, by fan-out, compacted. */
    public TopicSpec<FanOutProgress> fanOuts() {
        return spec("fan-outs", Codecs.FAN_OUT, logPartitions(), compactedAndKeptFor7Days());
    }

    /** What is ordered of fan-outs; every order is in every partition. */
    public TopicSpec<FanOutOrder> fanOutOrders() {
        return spec(
                "fan-out-orders",
                Codecs.FAN_OUT_ORDER,
                logPartitions(),
                keptFor(Duration.ofDays(1)));
    }

    /** What nodes saw of their traffic. */
    public TopicSpec<Traffic> telemetry() {
        return spec("telemetry", Codecs.TRAFFIC, logPartitions(), keptFor(Duration.ofHours(6)));
    }

    /** What is remembered of the keys that are asked for, compacted. */
    public TopicSpec<PopularityRecord> popularity() {
        return spec("popularity", Codecs.POPULARITY, logPartitions(), COMPACTED);
    }

    /** Requests to warm. */
    public TopicSpec<WarmJob> warmJobs() {
        return spec("warm-jobs", Codecs.WARM_JOB, logPartitions(), keptFor(Duration.ofDays(1)));
    }

    /** Progress of warm jobs, by job, compacted. */
    public TopicSpec<WarmProgress> warmProgress() {
        return spec("warm-progress", Codecs.WARM_PROGRESS, 1, compactedAndKeptFor7Days());
    }

    /** Warm jobs that somebody has given up. */
    public TopicSpec<WarmCancel> warmCancels() {
        return spec("warm-cancels", Codecs.WARM_CANCEL, 1, keptFor(Duration.ofDays(1)));
    }

    /** What verifiers found, by worker and namespace, compacted. */
    public TopicSpec<ConsistencyReport> consistency() {
        return spec("consistency", Codecs.CONSISTENCY, 1, compactedAndKeptFor7Days());
    }

    /** Writes that sources are to take, and what became of them. */
    public TopicSpec<SourceWrite> writes() {
        return spec("writes", Codecs.SOURCE_WRITE, logPartitions(), large(Duration.ofDays(30)));
    }

    /** Writes that no source took, as they came; the headers say why. */
    public TopicSpec<byte[]> deadWrites() {
        return spec("writes.dead-letter", RAW, 1, large(Duration.ofDays(90)));
    }

    /** Where change capture stands, by source; written by cdc-connector. */
    public TopicSpec<byte[]> captureOffsets() {
        return spec("cdc.offsets", RAW, 1, Map.of("cleanup.policy", "compact"));
    }

    public List<TopicSpec<?>> all() {
        return List.of(
                invalidations(),
                deadLetters(),
                log(),
                entries(),
                evictions(),
                scopes(),
                fanOuts(),
                fanOutOrders(),
                telemetry(),
                popularity(),
                warmJobs(),
                warmProgress(),
                warmCancels(),
                consistency(),
                writes(),
                deadWrites(),
                captureOffsets());
    }

    private static final Codec<byte[]> RAW =
            new Codec<>() {
                @Override
                public byte[] encode(byte[] value) {
                    return value;
                }

                @Override
                public byte[] decode(byte[] bytes) {
                    return bytes;
                }
            };

    private int logPartitions() {
        return partitioning.logPartitions();
    }

    private <T> TopicSpec<T> spec(
            String name, Codec<T> codec, int partitions, Map<String, String> config) {
        return new TopicSpec<>(prefix + "." + name, codec, partitions, replicationFactor, config);
    }

    /** With records as large as values may be. */
    private static Map<String, String> large(Duration retention) {
        return Map.of(
                "retention.ms",
                Long.toString(retention.toMillis()),
                "max.message.bytes",
                Integer.toString(LARGEST_RECORD));
    }

    private static Map<String, String> compactedAndKeptFor7Days() {
        return Map.of(
                "cleanup.policy",
                "compact,delete",
                "retention.ms",
                Long.toString(Duration.ofDays(7).toMillis()));
    }

    private static Map<String, String> keptFor(Duration retention) {
        return Map.of("retention.ms", Long.toString(retention.toMillis()));
    }
}
