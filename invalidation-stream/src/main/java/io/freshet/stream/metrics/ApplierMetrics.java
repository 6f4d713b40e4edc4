package io.freshet.stream.metrics;

import io.freshet.contracts.id.Namespace;
import io.freshet.stream.applier.ApplierObserver;
import io.micrometer.core.instrument.Counter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the applier does, and what it finds that Redis has lost. Thread-safe. */
final class ApplierMetrics implements ApplierObserver {

    private static final Logger log = LoggerFactory.getLogger(ApplierMetrics.class);

    private final Meters meters;
    private final Losses losses;
    private final Counter removed;
    private final Counter marked;
    private final Counter written;
    private final Counter rewinds;
    private final Counter vanished;
    private final Counter expired;
    private final Counter ahead;
    private final Counter serverChanges;
    private final LossReport behind;
    private final LossReport emptied;
    private final LossReport unkept;
    private final LossReport evictionsLost;

    ApplierMetrics(Meters meters, Losses losses) {
        this.meters = meters;
        this.losses = losses;
        removed = evictions("invalidated");
        marked = evictions("marked");
        written =
                meters.counter(
                        "freshet.rows.written", "Rows that took the place of entries they changed");
        rewinds =
                meters.counter(
                        "freshet.applier.rewinds", "Buckets found behind what was applied to them");
        vanished =
                meters.counter(
                        "freshet.applier.markers.vanished", "Buckets that lost their marker");
        expired =
                meters.counter(
                        "freshet.applier.evictions.expired", "Buckets that retention overtook");
        ahead =
                meters.counter(
                        "freshet.applier.buckets.ahead", "Buckets ahead of a topic that lost data");
        serverChanges =
                meters.counter(
                        "freshet.redis.server.changes", "Restarts and failovers of Redis seen");
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

    private Counter evictions(String cause) {
        return meters.counter(
                "freshet.evictions.applied",
                "Entries that the applier removed or marked",
                "cause",
                cause);
    }

    private LossReport redisLoss(String cause, Level level, String message) {
        Counter found =
                meters.counter(
                        "freshet.redis.losses",
                        "Losses of Redis found, at most one of a cause in a second",
                        "cause",
                        cause);
        return new LossReport("redis-" + cause, level, message, found, losses);
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
}
