package io.freshet.simulation;

import io.freshet.contracts.id.Lsn;
import io.freshet.simulation.SimDatabase.Transaction;
import java.util.OptionalInt;

/**
 * A standby: replays the primary's log in order, when it pleases. What it has replayed can be seen
 * there, even what cannot be seen at the primary yet.
 */
final class SimStandby {

    private final SimDatabase primary;
    private final int[] versions = new int[SimKeys.COUNT];
    private int replayed;

    SimStandby(Schedule schedule, SimDatabase primary) {
        this.primary = primary;
        schedule.worker("standby replays", this::isBehind, this::replay);
    }

    /** The version of a row, or nothing where it has not replayed enough. */
    OptionalInt read(int row, Lsn needed) {
        return SimDatabase.endAfter(replayed).compareTo(needed) >= 0
                ? OptionalInt.of(versions[row])
                : OptionalInt.empty();
    }

    private boolean isBehind() {
        return replayed < primary.log().size();
    }

    private void replay() {
        if (primary.log().get(replayed++) instanceof Transaction tx) {
            for (int i = 0; i < tx.rows().size(); i++) {
                versions[tx.rows().get(i)] = tx.versions().get(i);
            }
        }
    }
}
