package io.freshet.cdc.capture;

import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.ServerIdentity;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.position.PositionStore;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.settings.CaptureSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The wait of a connector while another one reads the slot: who has the slot captures, and the
 * server gives it to one at a time. It asks often, so as to take over at once; and first whether it
 * could, so that what must be mended is not found out only then.
 */
record StandBy(
        CaptureSettings settings,
        SourceDatabase database,
        Rules rules,
        PositionStore positions,
        Connection connection,
        CaptureStatus status) {

    private static final Duration LOOK = Duration.ofMillis(200);

    /**
     * Returns when nobody reads the slot, or it is over.
     *
     * @throws io.freshet.cdc.database.RefusedException when somebody must mend something
     */
    void awaitTurn(BooleanSupplier over) throws SQLException, InterruptedException {
        ServerIdentity.of(database);
        new CapturedTables(rules, connection).fit().requireGrownFrom(positions.load());
        var slot = new ReplicationSlot(connection, settings.slot());
        for (var found = slot.find();
                found != null && found.activePid() != null && !over.getAsBoolean();
                found = slot.find()) {
            status.slotSeen(found);
            status.become(
                    new CaptureState.Waiting(
                            "replication slot %s is read by another connector (server process %d)"
                                    .formatted(settings.slot(), found.activePid())));
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }
}
