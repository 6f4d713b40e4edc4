package io.freshet.stream.audit;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns records of one log partition, in their order, into rows of the audit. Not thread-safe.
 *
 * <p>Keys with the same cause share a row when one transaction invalidated them, and also when
 * there are more of them in a batch than {@link #CROWD}: so a storm of changes is a bounded number
 * of rows. A row names the first {@link #SAMPLE} keys of those that it counts.
 */
final class AuditBatch {

    /** Keys that a row names. */
    static final int SAMPLE = 20;

    /** Rows of a batch, beyond which keys without a transaction share rows too. */
    static final int CROWD = 500;

    private record Group(Namespace namespace, Mode mode, Cause cause) {}

    private static final class Open {
        private final Instant at;
        private final boolean leads;
        private final int partition;
        private final Stamp first;
        private final InboxPosition via;
        private final Event.Invalidation event;
        private final List<String> targets = new ArrayList<>();
        private Stamp last;
        private long count;

        Open(
                Instant at,
                int partition,
                Stamp position,
                LogRecord record,
                Event.Invalidation event) {
            this.at = at;
            this.leads = record.countsIn(partition);
            this.partition = partition;
            this.first = position;
            this.via = record.via();
            this.event = event;
            this.last = position;
        }

        void add(Stamp position, Event.Invalidation more) {
            last = position;
            List<String> names = AuditRow.namesOf(more.target());
            count += Math.max(1, names.size());
            for (String name : names) {
                if (targets.size() < SAMPLE && !targets.contains(name)) {
                    targets.add(name);
                }
            }
        }

        AuditRow toRow() {
            return new AuditRow(at, leads, partition, first, last, via, event, targets, count);
        }
    }

    private final int partition;
    private final List<Open> rows = new ArrayList<>();
    private final Map<Group, Open> groups = new HashMap<>();

    AuditBatch(int partition) {
        this.partition = partition;
    }

    /**
     * Takes the next record.
     *
     * @param at when it entered the log
     * @param position counts it in
     */
    void add(Instant at, Stamp position, LogRecord record) {
        if (!(record.event() instanceof Event.Invalidation event)) {
            return;
        }
        boolean shares =
                !event.target().isScope()
                        && (event.cause().transaction() != null || rows.size() >= CROWD);
        Open row = shares ? groups.get(groupOf(event)) : null;
        if (row == null) {
            row = new Open(at, partition, position, record, event);
            rows.add(row);
            if (shares) {
                groups.put(groupOf(event), row);
            }
        }
        row.add(position, event);
    }

    private static Group groupOf(Event.Invalidation event) {
        return new Group(event.target().namespace(), event.mode(), event.cause());
    }

    List<AuditRow> rows() {
        return rows.stream().map(Open::toRow).toList();
    }
}
