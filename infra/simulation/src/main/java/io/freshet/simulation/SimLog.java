package io.freshet.simulation;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.InboxPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inbox, router and log. The router sends a scope event to each partition at a time of its own, in
 * the order of the inbox; after a crash it sends the last records again.
 */
final class SimLog {

    /**
     * A record of the log, and what it promises: that this transaction is in force from here on.
     *
     * @param promise null when it promises nothing, as a heartbeat or an early publication
     */
    record Entry(LogRecord record, SimDatabase.@Nullable Transaction promise) {}

    private final Schedule schedule;
    private final List<Entry> inbox = new ArrayList<>();
    private final List<List<Entry>> partitions = new ArrayList<>();
    private final List<Deque<Entry>> onTheWay = new ArrayList<>();

    SimLog(Schedule schedule) {
        this.schedule = schedule;
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            int partition = p;
            partitions.add(new ArrayList<>());
            onTheWay.add(new ArrayDeque<>());
            schedule.actor(
                    "router appends to log " + p,
                    () -> !onTheWay.get(partition).isEmpty(),
                    () -> partitions.get(partition).add(onTheWay.get(partition).remove()));
        }
        schedule.chaos("router crashes", 1, () -> !inbox.isEmpty(), this::crash);
    }

    List<Entry> partition(int partition) {
        return partitions.get(partition);
    }

    boolean isRouted() {
        return onTheWay.stream().allMatch(Deque::isEmpty);
    }

    InboxPosition publish(Event event, SimDatabase.@Nullable Transaction promise) {
        var via = new InboxPosition(0, inbox.size());
        var entry = new Entry(new LogRecord(event, via), promise);
        inbox.add(entry);
        route(entry);
        return via;
    }

    private void crash() {
        int again = 1 + schedule.pick(3);
        for (Entry entry : inbox.subList(Math.max(0, inbox.size() - again), inbox.size())) {
            route(entry);
        }
    }

    private void route(Entry entry) {
        Integer only = onlyPartitionOf(entry.record().event());
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            if (only == null || only == p) {
                onTheWay.get(p).add(entry);
            }
        }
    }

    private static @Nullable Integer onlyPartitionOf(Event event) {
        return switch (event) {
            case Event.Invalidation(_, Target.OfKey(var namespace, var key), _, _, _, _) ->
                    SimKeys.PARTITIONING.partitionOf(namespace, key);
            case Event.Replaced(var namespace, var key, _, _) ->
                    SimKeys.PARTITIONING.partitionOf(namespace, key);
            case Event.Invalidation _, Event.Heartbeat _ -> null;
        };
    }
}
