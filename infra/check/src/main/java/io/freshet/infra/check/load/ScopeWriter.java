package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Changes what many values show: groups, which a rule invalidates by tag; shelves, by pattern; and
 * the world, which its transaction itself invalidates by calling the function. One thread's.
 */
final class ScopeWriter implements Step {

    private final Committer committer;
    private final History history;
    private final Tally tally;
    private final AtomicLong versions;
    private final RandomGenerator random;

    ScopeWriter(
            Committer committer,
            History history,
            Tally tally,
            AtomicLong versions,
            RandomGenerator random) {
        this.committer = committer;
        this.history = history;
        this.tally = tally;
        this.versions = versions;
        this.random = random;
    }

    @Override
    public void step() throws InterruptedException {
        next().commit(committer, history, tally);
    }

    private Transaction next() {
        long version = versions.incrementAndGet();
        int dice = random.nextInt(100);
        if (dice < 5) {
            return new Transaction("namespace changed")
                    .set(
                            Keys.WORLD,
                            State.version(version),
                            connection -> {
                                Items.set(connection, "check_world", "world", version);
                                Items.call(connection, "invalidate_namespace", Keys.NAMESPACE);
                            });
        }
        return dice < 30
                ? shared(
                        "pattern changed",
                        "check_shelves",
                        Keys.anyOf(Keys.shelves(), random),
                        version)
                : shared("tag changed", "check_groups", Keys.anyOf(Keys.groups(), random), version);
    }

    private static Transaction shared(String kind, String table, String name, long version) {
        return new Transaction(kind)
                .set(
                        new Register(name),
                        State.version(version),
                        connection -> Items.set(connection, table, name, version));
    }

    @Override
    public void close() {
        committer.close();
    }
}
