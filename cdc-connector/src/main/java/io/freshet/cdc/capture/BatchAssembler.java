package io.freshet.cdc.capture;

import io.freshet.cdc.rule.Match;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.visibility.Delivery;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes deliveries for the barrier out of a batch: the changes of one transaction together, each
 * target once.
 *
 * <p>What comes in one batch with its transaction's end carries the commit's LSN. Changes whose end
 * is in a later batch carry none, and a heartbeat then the LSN of its message, which is lower: both
 * err on the safe side. Not thread-safe; a transaction may go on in the next batch.
 */
final class BatchAssembler {

    private final Rules rules;
    private final String source;
    private boolean changesInTransaction;

    BatchAssembler(Rules rules, String source) {
        this.rules = rules;
        this.source = source;
    }

    /**
     * What a batch gives.
     *
     * @param transactions how many transactions with changes of captured tables ended in it
     */
    record Assembled(List<Delivery<Work, Event.Heartbeat, Lsn>> deliveries, int transactions) {}

    Assembled assemble(List<Captured> batch) {
        var deliveries = new ArrayList<Delivery<Work, Event.Heartbeat, Lsn>>();
        var open = new OpenTransaction();
        int transactions = 0;
        for (Captured captured : batch) {
            switch (captured) {
                case Captured.Changed changed -> {
                    changesInTransaction = true;
                    open.add(changed, rules.matches(changed.change()));
                }
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
        open.deliver(null, deliveries);
        return new Assembled(deliveries, transactions);
    }

    /** What the batch has of a transaction whose end has not come yet. */
    private final class OpenTransaction {
        private final Set<Match> matches = new LinkedHashSet<>();
        private int transaction;
        private Instant committedAt = Instant.EPOCH;
        private Captured.@Nullable Beat beat;

        void add(Captured.Changed changed, List<Match> found) {
            transaction = changed.transaction();
            committedAt = changed.committedAt();
            matches.addAll(found);
        }

        void deliver(@Nullable Lsn commit, List<Delivery<Work, Event.Heartbeat, Lsn>> to) {
            if (!matches.isEmpty()) {
                var work = new Work(transaction, commit, committedAt, List.copyOf(matches));
                to.add(new Delivery.Changes<>(transaction, work));
                matches.clear();
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
