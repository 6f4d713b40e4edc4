package io.freshet.simulation;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.Receipt;
import io.freshet.simulation.SimDatabase.Transaction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who change the database. What no rule captures they invalidate themselves, once their
 * COMMIT has returned.
 */
final class Authors {

    private static final Cause CAUSE = Cause.of(Cause.Kind.REST, null, null);
    private static final int MAX_COMMITS = 4;

    /** What an invalidation answered, and what a read that names it may rely on. */
    record Token(InboxPosition position, Promise promise) {}

    private final World world;
    private final Schedule schedule;
    private final SimDatabase database;
    private final Deque<Transaction> uninvalidated = new ArrayDeque<>();
    private final List<Token> tokens = new ArrayList<>();
    private int underWay;

    Authors(World world) {
        this.world = world;
        schedule = world.schedule;
        database = world.database;
        schedule.chaos(Trouble.COMMITS, "commit", 10, this::mayCommit, this::commit);
        schedule.actor("becomes visible", database::hasInvisible, this::show);
        schedule.actor("author invalidates", () -> !uninvalidated.isEmpty(), this::invalidate);
    }

    List<Token> tokens() {
        return tokens;
    }

    boolean isDone() {
        return uninvalidated.isEmpty() && underWay == 0;
    }

    /** What whoever has seen a commit, and all before it, may rely on. */
    Need seen(int row, Lsn lsn) {
        return inForce(row, tx -> tx.lsn().compareTo(lsn) <= 0);
    }

    /** What the consistency window promises, if it begins then. */
    Need committedBefore(int row, Instant at) {
        return Need.of(inForce(row, tx -> database.wasVisibleBefore(tx, at)).fresh(), 0);
    }

    private Need inForce(int row, Predicate<Transaction> which) {
        Need need = Need.NOTHING;
        for (Transaction tx : database.transactions()) {
            int version = tx.versionOf(row);
            if (version > 0 && tx.captured() && which.test(tx) && database.isVisible(tx)) {
                need = need.and(Need.of(version, tx.mode() == Mode.HARD ? version : 0));
            }
        }
        return need;
    }

    private boolean mayCommit() {
        return database.transactions().size() < MAX_COMMITS;
    }

    private void commit() {
        Target target = target();
        if (database.isUnlocked(SimKeys.rowsUnder(target))) {
            Mode mode = schedule.chance(25) ? Mode.SOFT : Mode.HARD;
            var transaction = database.commit(target, mode, !schedule.chance(15));
            schedule.note(() -> "committed: " + transaction);
        }
    }

    private Target target() {
        return switch (schedule.pick(6)) {
            case 0 -> new Target.OfTag(SimKeys.SOURCED, SimKeys.TAG);
            case 1 -> new Target.OfPattern(SimKeys.SOURCED, SimKeys.PATTERN);
            case 2 -> new Target.OfNamespace(SimKeys.SOURCED);
            default -> {
                int row = schedule.weather().row(SimKeys.SOURCED_ROWS);
                yield new Target.OfKey(SimKeys.SOURCED, SimKeys.key(row));
            }
        };
    }

    private void show() {
        Transaction shown = database.show(schedule.pick(4));
        schedule.note(() -> "visible: " + shown);
        if (!shown.captured()) {
            uninvalidated.add(shown);
        }
    }

    private void invalidate() {
        Transaction tx = uninvalidated.remove();
        SimNode node = world.anyNode();
        underWay++;
        node.paths()
                .invalidations()
                .invalidate(tx.target(), tx.mode(), CAUSE)
                .thenAccept(receipt -> invalidated(tx, node, receipt));
    }

    private void invalidated(Transaction tx, SimNode node, Receipt receipt) {
        schedule.note(() -> "invalidated: " + tx + ", " + receipt);
        underWay--;
        var promise = new Promise(tx.rows(), tx.versions(), tx.mode(), Promise.FOR_EVER);
        tokens.add(new Token(receipt.token(), promise));
        if (receipt.enforced()) {
            node.learn(promise);
        }
    }
}
