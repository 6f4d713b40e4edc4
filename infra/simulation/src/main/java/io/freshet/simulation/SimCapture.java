package io.freshet.simulation;

import io.freshet.cdc.visibility.Delivery;
import io.freshet.cdc.visibility.Snapshot;
import io.freshet.cdc.visibility.Step;
import io.freshet.cdc.visibility.VisibilityBarrier;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.simulation.SimDatabase.Beat;
import io.freshet.simulation.SimDatabase.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Change capture over the real {@link VisibilityBarrier}: reads the database's log in order,
 * publishes, and begins again from its durable position after a crash.
 */
final class SimCapture {

    private static final Snapshot ALL_VISIBLE = Snapshot.parse("1000000:1000000:");
    private static final Cause CAUSE = Cause.of(Cause.Kind.CDC, "primary", null);
    private static final int MAX_BEATS = 4;

    private final Schedule schedule;
    private final SimDatabase database;
    private final SimLog log;
    private final Set<Guard> guards;
    private VisibilityBarrier<Transaction, Beat, Integer> barrier = newBarrier();
    private int delivered;
    private int durable;
    private long clock;
    private int beats;

    SimCapture(Schedule schedule, SimDatabase database, SimLog log, Set<Guard> guards) {
        this.schedule = schedule;
        this.database = database;
        this.log = log;
        this.guards = guards;
        schedule.worker("capture reads", () -> delivered < database.log().size(), this::read);
        schedule.actor("capture publishes", this::mayPublish, this::publish);
        schedule.chaos(Trouble.CRASHES, "capture crashes", 2, () -> delivered > 0, this::crash);
        schedule.chaos(Trouble.TIME, "heartbeat", 8, () -> beats < MAX_BEATS, this::beat);
        schedule.chaos(Trouble.NOISE, "noise", 6, () -> true, this::noise);
    }

    boolean isDone() {
        return delivered == database.log().size() && !mayPublish();
    }

    private boolean mayPublish() {
        return barrier.isHolding() || barrier.isOwing();
    }

    private void beat() {
        beats++;
        database.beat();
    }

    private void read() {
        switch (database.log().get(delivered++)) {
            case Transaction tx when tx.captured() ->
                    barrier.deliver(new Delivery.Changes<>(tx.id(), tx), clock);
            case Transaction _ -> {}
            case Beat beat -> {
                if (guards.contains(Guard.HEARTBEAT_ORDER)) {
                    barrier.deliver(new Delivery.Beat<>(beat), clock);
                } else {
                    forward(beat);
                }
            }
        }
        barrier.deliver(new Delivery.End<>(delivered), clock);
    }

    /** Invalidates a key that nobody reads, so that memories fill. */
    private void noise() {
        var key = new EntryKey("noise" + schedule.pick(1_000));
        log.publish(
                new Event.Invalidation(
                        null,
                        new Target.OfKey(SimKeys.SOURCED, key),
                        Mode.HARD,
                        null,
                        CAUSE,
                        Instant.EPOCH),
                null);
    }

    private void publish() {
        clock += schedule.pick(3);
        Snapshot snapshot = guards.contains(Guard.BARRIER) ? database.snapshot() : ALL_VISIBLE;
        for (Step<Transaction, Beat, Integer> step : barrier.advance(snapshot, clock)) {
            switch (step) {
                case Step.Publish<Transaction, Beat, Integer>(var transaction, var timing, _) ->
                        publish(transaction, timing);
                case Step.Forward<Transaction, Beat, Integer>(var beat) -> forward(beat);
                case Step.Advance<Transaction, Beat, Integer>(var position) -> durable = position;
            }
        }
    }

    private void forward(Beat beat) {
        log.publish(new Event.Heartbeat("primary", beat.lsn(), beat.at()), null);
    }

    private void publish(Transaction tx, Step.Timing timing) {
        schedule.note(() -> timing + " " + tx);
        if (timing == Step.Timing.EARLY && !guards.contains(Guard.EARLY_OWED)) {
            durable = Math.max(durable, (int) tx.lsn().value());
        }
        Promise promise =
                timing == Step.Timing.EARLY
                        ? null
                        : new Promise(tx.rows(), tx.versions(), tx.mode(), Promise.FOR_EVER);
        NewRow row = rowOf(tx, timing);
        Target target =
                row == null && tx.lsn().value() % 2 == 1 ? joined(tx.target()) : tx.target();
        log.publish(
                new Event.Invalidation(null, target, tx.mode(), tx.lsn(), CAUSE, tx.at(), row),
                promise);
    }

    /** A key shares its record with others of its partition. */
    private static Target joined(Target target) {
        return target instanceof Target.OfKey(var namespace, var key)
                ? new Target.OfKeys(namespace, List.of(SimKeys.neighbourOf(key), key))
                : target;
    }

    private @Nullable NewRow rowOf(Transaction tx, Step.Timing timing) {
        boolean mayBring =
                switch (timing) {
                    case VISIBLE -> true;
                    case EARLY -> !guards.contains(Guard.ROW_IMAGE_VISIBLE);
                    case AGAIN -> false;
                };
        return mayBring
                        && schedule.weather().writing()
                        && tx.mode() == Mode.HARD
                        && !tx.target().isScope()
                ? SimKeys.newRow(tx.versions().getFirst())
                : null;
    }

    private void crash() {
        barrier = newBarrier();
        delivered = durable;
    }

    private static VisibilityBarrier<Transaction, Beat, Integer> newBarrier() {
        return new VisibilityBarrier<>(Duration.ofNanos(4), 2);
    }
}
