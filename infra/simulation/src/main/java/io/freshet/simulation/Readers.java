package io.freshet.simulation;

import io.freshet.contracts.id.Lsn;
import io.freshet.engine.ReadOptions;
import io.freshet.simulation.Authors.Token;
import io.freshet.simulation.SimDatabase.Transaction;
import java.util.List;

/** Those who read what the database has, some of whom know of a change that they must see. */
final class Readers {

    private static final int AT_ONCE = 6;

    private final World world;
    private final Schedule schedule;

    Readers(World world) {
        this.world = world;
        schedule = world.schedule;
        for (SimNode node : world.nodes) {
            schedule.chaos(
                    Trouble.READS,
                    "a client of " + world.nodes.indexOf(node),
                    25,
                    () -> node.reading() < AT_ONCE,
                    () -> readAny(node));
        }
    }

    private void readAny(SimNode node) {
        int row = schedule.weather().row(SimKeys.SOURCED_ROWS);
        boolean skipNear = schedule.chance(30);
        switch (schedule.pick(8)) {
            case 0 -> node.putAside(row);
            case 1 -> readAfterCommit(node, row, skipNear);
            case 2 -> readAfterInvalidation(node, row, skipNear);
            default -> read(node, row, skipNear);
        }
    }

    private void read(SimNode node, int row, boolean skipNear) {
        node.read(
                row,
                new ReadOptions(skipNear, false, null, null),
                world.authors.committedBefore(row, world.clock.instant().minus(world.window())));
    }

    /** Reads when nothing is under way. */
    void readAtRest(SimNode node, int row, Need need) {
        node.read(row, new ReadOptions(schedule.chance(50), false, null, null), need);
    }

    private void readAfterCommit(SimNode node, int row, boolean skipNear) {
        List<Transaction> committed =
                world.database.transactions().stream()
                        .filter(tx -> tx.captured() && world.database.isVisible(tx))
                        .toList();
        if (!committed.isEmpty()) {
            Lsn lsn = committed.get(schedule.pick(committed.size())).lsn();
            node.read(
                    row, new ReadOptions(skipNear, false, null, lsn), world.authors.seen(row, lsn));
        }
    }

    private void readAfterInvalidation(SimNode node, int row, boolean skipNear) {
        List<Token> tokens = world.authors.tokens();
        if (!tokens.isEmpty()) {
            Token token = tokens.get(schedule.pick(tokens.size()));
            int place = token.promise().rows().indexOf(row);
            node.read(
                    row,
                    new ReadOptions(skipNear, false, token.position(), null),
                    place < 0
                            ? Need.NOTHING
                            : Known.needOf(token.promise(), token.promise().versions().get(place)));
        }
    }
}
