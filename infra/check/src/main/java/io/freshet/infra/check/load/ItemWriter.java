package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Changes rows by plain SQL: inserts, updates, deletes, changes of keys and groups, transactions of
 * several rows, rollbacks. Each writer has keys of its own, so the order of their states is known.
 * One thread's.
 */
final class ItemWriter implements Step {
    private static final int MANY = 6;
    private static final int LSN_PERCENT = 10;
    private static final int SLOW_PERCENT = 3;

    private final Committer committer;
    private final Notes notes;
    private final RandomGenerator random;
    private final List<Integer> own;
    private final Set<String> present = new HashSet<>();

    /** Where the writer notes what it did, and takes from what is shared. */
    record Notes(
            History history,
            Tally tally,
            Bounds bounds,
            AtomicLong versions,
            SlowLoads slowLoads) {}

    /**
     * @param own the numbers of its items
     * @param present the keys of them that have a row
     */
    ItemWriter(
            Committer committer,
            Notes notes,
            RandomGenerator random,
            List<Integer> own,
            Set<String> present) {
        this.committer = committer;
        this.notes = notes;
        this.random = random;
        this.own = own;
        this.present.addAll(present);
    }

    @Override
    public void step() throws InterruptedException {
        Transaction transaction = next();
        Committer.Outcome outcome = transaction.commit(committer, notes.history, notes.tally);
        if (outcome instanceof Committer.Outcome.Committed) {
            transaction
                    .states()
                    .forEach((register, state) -> {
                        if (state instanceof State.Absent) {
                            present.remove(register.name());
                        } else {
                            present.add(register.name());
                        }
                    });
            if (random.nextInt(100) < LSN_PERCENT) {
                offerLsn(transaction);
            }
        }
    }

    private Transaction next() {
        int dice = random.nextInt(100);
        if (dice < 12) {
            return severalRows();
        }
        if (dice < 17) {
            return rolledBack();
        }
        int number = pick();
        String key = Keys.item(number);
        if (!present.contains(key)) {
            return insert(key);
        }
        if (dice < 25) {
            return new Transaction("delete")
                    .set(
                            new Register(key),
                            State.ABSENT,
                            connection -> Items.delete(connection, key));
        }
        if (dice < 33) {
            return rename(key);
        }
        return dice < 38 ? regroup(key) : update(number, key);
    }

    private Transaction insert(String key) {
        long version = version();
        String group = Keys.anyOf(Keys.groups(), random);
        return new Transaction("insert")
                .set(
                        new Register(key),
                        State.version(version),
                        connection -> Items.insert(connection, key, version, group, 0));
    }

    private Transaction update(int number, String key) {
        long version = version();
        double delay = Keys.isSlow(number) ? notes.slowLoads.seconds(random) : 0;
        return new Transaction("update")
                .set(
                        new Register(key),
                        State.version(version),
                        connection -> Items.update(connection, key, version, delay));
    }

    private Transaction regroup(String key) {
        long version = version();
        String group = Keys.anyOf(Keys.groups(), random);
        return new Transaction("change of group")
                .set(
                        new Register(key),
                        State.version(version),
                        connection -> Items.regroup(connection, key, version, group));
    }

    /** Gives the row another key; an update when every key of this writer is taken. */
    private Transaction rename(String from) {
        List<String> free =
                own.stream().map(Keys::item).filter(key -> !present.contains(key)).toList();
        if (free.isEmpty()) {
            return regroup(from);
        }
        String to = Keys.anyOf(free, random);
        long version = version();
        return new Transaction("change of key")
                .set(
                        new Register(to),
                        State.version(version),
                        connection -> Items.rename(connection, from, to, version))
                .also(new Register(from), State.ABSENT);
    }

    /** Updates several rows, and takes one of the changes back by a savepoint. */
    private Transaction severalRows() {
        var transaction = new Transaction("several rows");
        List<String> chosen = somePresent(2 + random.nextInt(MANY));
        for (String key : chosen) {
            long undone = version();
            long version = version();
            transaction.set(
                    new Register(key),
                    State.version(version),
                    connection -> {
                        var savepoint = connection.setSavepoint();
                        Items.update(connection, key, undone, 0);
                        connection.rollback(savepoint);
                        Items.update(connection, key, version, 0);
                    });
        }
        if (!chosen.isEmpty()) {
            String key = chosen.getFirst();
            transaction.run(
                    connection -> Items.call(connection, "invalidate_key", Keys.NAMESPACE, key));
        }
        return transaction;
    }

    private Transaction rolledBack() {
        var transaction = new Transaction("rollback");
        for (String key : somePresent(2)) {
            long version = version();
            transaction.run(connection -> Items.update(connection, key, version, 0));
        }
        return transaction.run(_ -> {
            throw new SQLException("rolled back as planned", "rollback");
        });
    }

    private List<String> somePresent(int most) {
        var keys = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            String key = Keys.item(pick());
            if (present.contains(key) && !keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private int pick() {
        int number = random.nextInt(100) < SLOW_PERCENT ? Keys.slow(random) : Keys.any(random);
        return own.get(number / Load.WRITERS % own.size());
    }

    private long version() {
        return notes.versions.incrementAndGet();
    }

    private void offerLsn(Transaction transaction) {
        try {
            long known = System.nanoTime();
            String lsn = committer.lsn();
            transaction.states().keySet().stream()
                    .findFirst()
                    .ifPresent(register ->
                            notes.bounds.offer(
                                    new Bounds.Bound(
                                            register.name(), "Freshet-Min-LSN", lsn, known)));
        } catch (SQLException _) {
            notes.tally.count(Tally.Of.NOT_COMMITTED, "no LSN");
        }
    }

    @Override
    public void close() {
        committer.close();
    }
}
