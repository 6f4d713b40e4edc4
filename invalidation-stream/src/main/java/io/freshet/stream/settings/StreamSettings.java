package io.freshet.stream.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Routing, expanding and applying: {@code freshet.stream.*}.
 *
 * @param applicationId begins the names of consumer groups and internal topics
 * @param instanceId unique among the instances and kept over restarts: a restart then takes its
 *     partitions back at once instead of after {@code sessionTimeout}
 * @param stateDir where the index is kept on disk; it is rebuilt from Kafka when it is lost
 * @param standbyReplicas copies of the index that other instances keep warm
 * @param commitInterval how much is done again after a crash, in time
 * @param sessionTimeout after which a silent instance loses its partitions
 * @param maxEventSize longest record of the inbox that is read; longer ones are set aside
 * @param progressInterval how often markers and scopes learn how far the log is expanded
 */
@ConfigurationProperties("freshet.stream")
public record StreamSettings(
        @DefaultValue("freshet-stream") String applicationId,
        @Nullable String instanceId,
        @DefaultValue("var/stream") Path stateDir,
        @DefaultValue("1") int standbyReplicas,
        @DefaultValue("1s") Duration commitInterval,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("64KB") DataSize maxEventSize,
        @DefaultValue("200ms") Duration progressInterval,
        @DefaultValue FanOut fanOut,
        @DefaultValue Sweep sweep,
        @DefaultValue Applier applier) {

    /**
     * The evictions that a tag, pattern or namespace stands for.
     *
     * @param keysPerSecond keys evicted in a second, all fan-outs and instances together
     * @param rowsPerStep rows of the index looked at or removed before anything else is done
     * @param stepInterval pause between steps
     * @param keysPerRecord most keys in one eviction record
     */
    public record FanOut(
            @DefaultValue("20000") int keysPerSecond,
            @DefaultValue("1000") int rowsPerStep,
            @DefaultValue("10ms") Duration stepInterval,
            @DefaultValue("500") int keysPerRecord) {

        public FanOut {
            requireAtLeast("fan-out.keys-per-second", keysPerSecond, 1);
            requireAtLeast("fan-out.rows-per-step", rowsPerStep, 1);
            requireAtLeastOneMilli("fan-out.step-interval", stepInterval);
            requireAtLeast("fan-out.keys-per-record", keysPerRecord, 1);
            if (keysPerRecord > 500) {
                throw new IllegalArgumentException(
                        "freshet.stream.fan-out.keys-per-record must be at most 500 (a record is"
                                + " at most 1 MB), not "
                                + keysPerRecord);
            }
        }
    }

    /**
     * The removal of index rows whose entries have expired.
     *
     * @param interval pause between steps
     * @param rows rows looked at in one step, for each partition
     */
    public record Sweep(@DefaultValue("1s") Duration interval, @DefaultValue("5000") int rows) {

        public Sweep {
            requireAtLeastOneMilli("sweep.interval", interval);
            requireAtLeast("sweep.rows", rows, 1);
        }
    }

    /**
     * Evictions in Redis.
     *
     * @param idleInterval how often the markers of buckets are moved for which nothing came
     * @param catalogInterval how soon a new namespace is ready to take entries
     * @param keysPerRound most keys evicted before newer records are looked at
     * @param shortestBackOff pause after Redis did not answer
     * @param longestBackOff pause after it has not answered for long
     */
    public record Applier(
            @DefaultValue("2s") Duration idleInterval,
            @DefaultValue("500ms") Duration catalogInterval,
            @DefaultValue("2000") int keysPerRound,
            @DefaultValue("100ms") Duration shortestBackOff,
            @DefaultValue("5s") Duration longestBackOff) {

        public Applier {
            requireAtLeastOneMilli("applier.idle-interval", idleInterval);
            requireAtLeastOneMilli("applier.catalog-interval", catalogInterval);
            requireAtLeast("applier.keys-per-round", keysPerRound, 1);
            requireAtLeastOneMilli("applier.shortest-back-off", shortestBackOff);
            if (longestBackOff.compareTo(shortestBackOff) < 0) {
                throw new IllegalArgumentException(
                        "freshet.stream.applier.longest-back-off must be at least"
                                + " shortest-back-off (%s), not %s"
                                        .formatted(shortestBackOff, longestBackOff));
            }
        }
    }

    public StreamSettings {
        if (!applicationId.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "freshet.stream.application-id must be 1 to 100 letters, digits, '.', '_' or"
                            + " '-', not "
                            + applicationId);
        }
        requireAtLeast("standby-replicas", standbyReplicas, 0);
        requireAtLeastOneMilli("commit-interval", commitInterval);
        requireAtLeastOneMilli("progress-interval", progressInterval);
        if (sessionTimeout.compareTo(Duration.ofSeconds(6)) < 0) {
            throw new IllegalArgumentException(
                    "freshet.stream.session-timeout must be at least 6s (Kafka refuses less), not "
                            + sessionTimeout);
        }
        if (maxEventSize.toBytes() < 16 * 1024 || maxEventSize.toBytes() > 512 * 1024) {
            throw new IllegalArgumentException(
                    "freshet.stream.max-event-size must be 16KB to 512KB, not " + maxEventSize);
        }
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "freshet.stream.%s must be at least %d, not %d"
                            .formatted(option, least, value));
        }
    }

    private static void requireAtLeastOneMilli(String option, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "freshet.stream.%s must be at least 1ms, not %s".formatted(option, value));
        }
    }
}
