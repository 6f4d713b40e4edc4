package io.freshet.simulation;

import io.freshet.cdc.visibility.Delivery;
import io.freshet.cdc.visibility.Snapshot;
import io.freshet.cdc.visibility.Step;
import io.freshet.cdc.visibility.VisibilityBarrier;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.simulation.SimDatabase.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Change capture over the real {@link VisibilityBarrier}: reads the database's log in order,
 * publishes, and begins again from its durable position after a crash.
 */
final class SimCapture {

    private static final Snapshot ALL_VISIBLE = Snapshot.parse("1000000:1000000:");
    private static final Instant NOW = Instant.EPOCH;

    private final Schedule schedule;
    private final SimDatabase database;
    private final SimLog log;
    private final Set<Guard> guards;
    private VisibilityBarrier<Transaction, Lsn, Integer> barrier = newBarrier();
    private int delivered;
    private int durable;
    private long clock;
    private int beats;

    SimCapture(Schedule schedule, SimDatabase database, SimLog log, Set<Guard> guards) {
        this.schedule = schedule;
        this.database = database;
        this.log = log;
        this.guards = guards;
        schedule.actor("capture reads", () -> delivered < database.log().size(), this::read);
        schedule.actor("capture publishes", this::mayPublish, this::publish);
        schedule.chaos("capture crashes", 1, () -> delivered > 0, this::crash);
        schedule.chaos("heartbeat", 8, () -> beats < 3, this::beat);
        schedule.chaos("noise", 6, () -> true, this::noise);
    }

    boolean isDone() {
        return delivered == database.log().size() && !barrier.isHolding() && !barrier.isOwing();
    }

    private boolean mayPublish() {
        return barrier.isHolding() || barrier.isOwing();
    }

    private void read() {
        Transaction next = database.log().get(delivered++);
        barrier.deliver(new Delivery.Changes<>(next.id(), next), clock);
        barrier.deliver(new Delivery.End<>(delivered), clock);
    }

    private void beat() {
        beats++;
        var lsn = new Lsn(delivered);
        if (guards.contains(Guard.HEARTBEAT_ORDER)) {
            barrier.deliver(new Delivery.Beat<>(lsn), clock);
        } else {
            log.publish(new Event.Heartbeat("primary", lsn, NOW), null);
        }
    }

    /** Invalidates a key that nobody reads, so that memories fill. */
    private void noise() {
        var key = new EntryKey("noise" + schedule.pick(1_000));
        log.publish(
                new Event.Invalidation(
                        null,
                        new Target.OfKey(SimKeys.NAMESPACE, key),
                        io.freshet.contracts.event.Mode.HARD,
                        null,
                        Cause.of(Cause.Kind.KAFKA, null, null),
                        NOW),
                null);
    }

    private void publish() {
        clock += schedule.pick(3);
        Snapshot snapshot = guards.contains(Guard.BARRIER) ? database.snapshot() : ALL_VISIBLE;
        List<Step<Transaction, Lsn, Integer>> steps = barrier.advance(snapshot, clock);
        for (Step<Transaction, Lsn, Integer> step : steps) {
            switch (step) {
                case Step.Publish<Transaction, Lsn, Integer>(var transaction, var timing, _) ->
                        publish(transaction, timing);
                case Step.Forward<Transaction, Lsn, Integer>(var lsn) ->
                        log.publish(new Event.Heartbeat("primary", lsn, NOW), null);
                case Step.Advance<Transaction, Lsn, Integer>(var position) -> durable = position;
            }
        }
    }

    private void publish(Transaction transaction, Step.Timing timing) {
        schedule.note(() -> timing + " " + transaction);
        if (timing == Step.Timing.EARLY && !guards.contains(Guard.EARLY_OWED)) {
            durable = Math.max(durable, transaction.id());
        }
        Transaction promise = timing == Step.Timing.EARLY ? null : transaction;
        if (transaction.target().isScope()) {
            log.publish(eventOf(transaction.target(), transaction), promise);
        } else {
            for (int row : transaction.rows()) {
                log.publish(
                        eventOf(new Target.OfKey(SimKeys.NAMESPACE, SimKeys.key(row)), transaction),
                        promise);
            }
        }
    }

    private static Event eventOf(Target target, Transaction transaction) {
        return new Event.Invalidation(
                null,
                target,
                transaction.mode(),
                transaction.lsn(),
                Cause.of(Cause.Kind.CDC, "primary", null),
                NOW);
    }

    private void crash() {
        barrier = newBarrier();
        delivered = durable;
    }

    private static VisibilityBarrier<Transaction, Lsn, Integer> newBarrier() {
        return new VisibilityBarrier<>(Duration.ofNanos(4), 2);
    }
}
