package io.freshet.cdc.capture;

import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.settings.CaptureSettings;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A look at the database while it is captured: how the slot stands, what SQL invalidates, and
 * whether all is still as it was prepared. What has changed is remembered as a doubt and fails the
 * session.
 */
record DatabaseWatch(
        CaptureSettings settings,
        SourceDatabase database,
        Rules rules,
        Connection connection,
        CaptureStatus status,
        PositionKeeper keeper)
        implements Timers.Task {

    @Override
    public void run() throws SQLException, InterruptedException {
        ReplicationSlot.Standing standing = new ReplicationSlot(connection, settings.slot()).find();
        if (standing != null) {
            status.slotSeen(standing);
        }
        keeper.called(new InvalidationFunctions(connection).calledWith());
        String drift = new Preparation(settings, database, rules, connection, status).drift();
        if (drift != null) {
            keeper.doubt(drift);
            throw new IllegalStateException("the database has changed: " + drift);
        }
    }
}
