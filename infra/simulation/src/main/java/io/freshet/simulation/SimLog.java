package io.freshet.simulation;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.stream.routing.Placement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inbox, router and log. The router appends a record to each partition of the log that the real
 * {@link Placement} names, at a time of its own, in the order of the partition of the inbox; after
 * a crash it appends the last ones again.
 */
final class SimLog {

    static final int INBOXES = 2;

    /**
     * A record of the log.
     *
     * @param promise null when it promises nothing, as a heartbeat or an early publication
     */
    record Entry(LogRecord record, @Nullable Promise promise) {}

    private static final Placement PLACEMENT = new Placement(SimKeys.PARTITIONING);

    private final Schedule schedule;
    private final Puts puts;
    private final List<List<Entry>> inboxes = new ArrayList<>();
    private final List<List<Entry>> partitions = new ArrayList<>();
    private final List<Deque<Entry>> onTheWay = new ArrayList<>();

    SimLog(Schedule schedule, Puts puts) {
        this.schedule = schedule;
        this.puts = puts;
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            partitions.add(new ArrayList<>());
        }
        for (int i = 0; i < INBOXES; i++) {
            int inbox = i;
            inboxes.add(new ArrayList<>());
            for (int p = 0; p < SimKeys.PARTITIONS; p++) {
                routeTo(p, inbox);
            }
            schedule.chaos(
                    Trouble.CRASHES,
                    "router of inbox " + i + " crashes",
                    1,
                    () -> !inboxes.get(inbox).isEmpty(),
                    () -> crash(inbox));
        }
    }

    private void routeTo(int partition, int inbox) {
        Deque<Entry> queue = new ArrayDeque<>();
        onTheWay.add(queue);
        schedule.worker(
                "router appends from inbox " + inbox + " to log " + partition,
                () -> !queue.isEmpty(),
                () -> partitions.get(partition).add(queue.remove()));
    }

    List<Entry> partition(int partition) {
        return partitions.get(partition);
    }

    boolean isRouted() {
        return onTheWay.stream().allMatch(Deque::isEmpty);
    }

    /** Appends to the inbox; a heartbeat to each of its partitions. */
    InboxPosition publish(Event event, @Nullable Promise promise) {
        if (event instanceof Event.Heartbeat) {
            InboxPosition last = append(0, event, null);
            for (int i = 1; i < INBOXES; i++) {
                last = append(i, event, null);
            }
            return last;
        }
        return append(inboxOf(event), event, promise);
    }

    /** A key's events keep to one partition, those of scopes come by any. */
    private int inboxOf(Event event) {
        return switch (event) {
            case Event.Invalidation(_, Target.OfKey(var namespace, var key), _, _, _, _, _, _) ->
                    SimKeys.PARTITIONING.partitionOf(namespace, key);
            case Event.Invalidation(_, Target.OfKeys(var namespace, var keys), _, _, _, _, _, _) ->
                    SimKeys.PARTITIONING.partitionOf(namespace, keys.getFirst());
            case Event.Replaced(var namespace, var keys, _, _) ->
                    SimKeys.PARTITIONING.partitionOf(namespace, keys.getFirst());
            case Event.Invalidation _, Event.Heartbeat _ -> schedule.pick(INBOXES);
        };
    }

    private InboxPosition append(int inbox, Event event, @Nullable Promise promise) {
        var via = new InboxPosition(inbox, inboxes.get(inbox).size());
        var entry = new Entry(new LogRecord(event, via), promise);
        inboxes.get(inbox).add(entry);
        route(inbox, entry);
        return via;
    }

    /** What is invalidated again takes away what was put in between. */
    private void crash(int inbox) {
        int size = inboxes.get(inbox).size();
        int again = 1 + schedule.pick(3);
        for (Entry entry : inboxes.get(inbox).subList(Math.max(0, size - again), size)) {
            if (entry.record().event() instanceof Event.Invalidation invalidation) {
                SimKeys.rowsUnder(invalidation.target()).forEach(puts::threaten);
            }
            route(inbox, entry);
        }
    }

    private void route(int inbox, Entry entry) {
        Set<Integer> placed = PLACEMENT.partitionsOf(entry.record().event());
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            if (placed.contains(p)) {
                onTheWay.get(inbox * SimKeys.PARTITIONS + p).add(entry);
            }
        }
    }
}
