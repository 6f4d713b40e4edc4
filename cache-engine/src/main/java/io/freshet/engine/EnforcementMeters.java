package io.freshet.engine;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.LogFollower;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;

/**
 * How long after its commit a change is in force on this node, by the clocks of database and node.
 *
 * <p>What was committed before the node started is not measured: it is read again then.
 */
final class EnforcementMeters implements LogFollower {

    private static final Duration[] BUCKETS =
            LongStream.of(2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final Timer changes;
    private final Timer heartbeats;
    private final InstantSource clock;
    private final Instant started;

    EnforcementMeters(MeterRegistry registry, InstantSource clock) {
        this.changes = timer(registry, "change");
        this.heartbeats = timer(registry, "heartbeat");
        this.clock = clock;
        this.started = clock.instant();
    }

    private static Timer timer(MeterRegistry registry, String of) {
        return Timer.builder("freshet.commit.to.enforced")
                .description("From a commit in the database until it is in force on this node")
                .tag("of", of)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void inForce(int partition, Stamp position, LogRecord record) {
        switch (record.event()) {
            case Event.Heartbeat heartbeat -> note(heartbeats, heartbeat.at());
            case Event.Invalidation change -> {
                Instant committed = change.at();
                if (change.lsn() != null && committed != null && isOfACommit(change)) {
                    note(changes, committed);
                }
            }
            case Event.Replaced _ -> {}
        }
    }

    /** Others carry the position that the database's log had when they were accepted. */
    private static boolean isOfACommit(Event.Invalidation change) {
        return switch (change.cause().kind()) {
            case CDC, SQL -> true;
            case REST, KAFKA, BARRIER -> false;
        };
    }

    private void note(Timer timer, Instant committed) {
        if (committed.isAfter(started)) {
            Duration took = Duration.between(committed, clock.instant());
            timer.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    @Override
    public void reached(int partition, Stamp position) {}

    @Override
    public void lost(int partition, Stamp position) {}
}
