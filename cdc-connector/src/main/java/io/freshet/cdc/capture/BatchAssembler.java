package io.freshet.cdc.capture;

import io.freshet.cdc.publish.DeadLetter;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.visibility.Delivery;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes deliveries for the barrier out of batches: the changes and calls of one transaction
 * together, each target once, with the row that the last of them left.
 *
 * <p>What comes in one batch with its transaction's end carries the commit's LSN. Changes whose end
 * is in a later batch carry none, and a heartbeat then the LSN of its message, which is lower: both
 * err on the safe side. A row is worth nothing without the commit's LSN; so a transaction with rows
 * is kept until its end comes, if it is not large, and else loses them. Not thread-safe; a
 * transaction may go on in the next batch.
 */
final class BatchAssembler {

    /** Findings that are kept for the end of their transaction. */
    private static final int KEPT = 1_000;

    private final Rules rules;
    private final String source;
    private final OpenTransaction open = new OpenTransaction();
    private boolean changesInTransaction;

    BatchAssembler(Rules rules, String source) {
        this.rules = rules;
        this.source = source;
    }

    /**
     * What a batch gives.
     *
     * @param unreadable what is to be set aside
     * @param transactions how many transactions with changes of captured tables or calls ended in
     *     it
     */
    record Assembled(
            List<Delivery<Work, Event.Heartbeat, Lsn>> deliveries,
            List<DeadLetter> unreadable,
            int transactions) {}

    Assembled assemble(List<Captured> batch) {
        var deliveries = new ArrayList<Delivery<Work, Event.Heartbeat, Lsn>>();
        var unreadable = new ArrayList<DeadLetter>();
        int transactions = 0;
        for (Captured captured : batch) {
            switch (captured) {
                case Captured.Changed changed -> {
                    changesInTransaction = true;
                    open.add(
                            changed.transaction(),
                            changed.committedAt(),
                            rules.matches(changed.change()).stream()
                                    .map(Finding.ByRule::new)
                                    .toList());
                }
                case Captured.Called(int transaction, Instant committedAt, var call) -> {
                    changesInTransaction = true;
                    open.add(transaction, committedAt, List.of(call));
                }
                case Captured.Unreadable(DeadLetter letter) -> unreadable.add(letter);
                case Captured.Beat beat -> open.beat = beat;
                case Captured.Ended(Lsn commit) -> {
                    open.deliver(commit, deliveries);
                    deliveries.add(new Delivery.End<>(commit));
                    transactions += changesInTransaction ? 1 : 0;
                    changesInTransaction = false;
                }
                case Captured.Nothing _ -> {}
            }
        }
        if (!open.isWorthKeeping()) {
            open.deliver(null, deliveries);
        }
        return new Assembled(deliveries, unreadable, transactions);
    }

    /** What there is of a transaction whose end has not come yet. */
    private final class OpenTransaction {
        private final Map<Finding, Finding> findings = new LinkedHashMap<>();
        private boolean hasRows;
        private int transaction;
        private Instant committedAt = Instant.EPOCH;
        private Captured.@Nullable Beat beat;

        void add(int id, Instant at, List<? extends Finding> found) {
            transaction = id;
            committedAt = at;
            for (Finding each : found) {
                findings.put(each.withoutRow(), each);
                hasRows |= each.hasRow();
            }
        }

        boolean isWorthKeeping() {
            return hasRows && findings.size() <= KEPT;
        }

        void deliver(@Nullable Lsn commit, List<Delivery<Work, Event.Heartbeat, Lsn>> to) {
            if (!findings.isEmpty()) {
                var told = commit == null ? findings.keySet() : findings.values();
                var work = new Work(transaction, commit, committedAt, List.copyOf(told));
                to.add(new Delivery.Changes<>(transaction, work));
                findings.clear();
                hasRows = false;
            }
            Captured.Beat last = beat;
            if (last != null) {
                Lsn lsn = commit == null ? last.lsn() : commit;
                to.add(new Delivery.Beat<>(new Event.Heartbeat(source, lsn, last.committedAt())));
                beat = null;
            }
        }
    }
}
