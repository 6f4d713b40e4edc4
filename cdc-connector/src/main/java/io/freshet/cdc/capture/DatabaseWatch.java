package io.freshet.cdc.capture;

import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.position.LossDetection;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.contracts.id.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A look at the database while it is captured: how the slot stands, what SQL invalidates, and
 * whether all is still as it was prepared. What has changed fails the session, so that the next one
 * begins with what there is now; what may have been missed is remembered as a doubt. Of tables that
 * no longer fit their rules, or fit them again, nothing need be remembered: the fingerprints tell.
 *
 * @param fit how the rules fitted when it was prepared
 */
record DatabaseWatch(
        CaptureSettings settings,
        SourceDatabase database,
        Rules rules,
        Fit fit,
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
        String drift = drift(standing);
        if (drift == null) {
            keeper.called(new InvalidationFunctions(connection).calledWith());
            Fit now = new CapturedTables(rules, connection).fit();
            if (!now.isLike(fit)) {
                throw new NotReadyException(
                        "tables have changed, and a new session begins: "
                                + (now.messages().isEmpty()
                                        ? "every rule can be carried out again"
                                        : String.join("; ", now.messages())));
            }
            status.fitted(now);
            drift =
                    new Preparation(settings, database, rules, connection, status)
                            .drift(fit.tables().keySet());
        }
        if (drift != null) {
            keeper.doubt(drift);
            throw new IllegalStateException("the database has changed: " + drift);
        }
    }

    /**
     * Whether the slot is still the one that capture began with. It is moved only to what was
     * remembered before, so a slot that stands past that was made by somebody else: by the engine,
     * for one, which makes a missing slot without a word.
     */
    private @Nullable String drift(ReplicationSlot.@Nullable Standing standing) {
        if (standing == null) {
            return "the replication slot is gone";
        }
        Lsn remembered = keeper.lsn();
        return standing.confirmed().compareTo(remembered) > 0
                ? LossDetection.moved(standing, remembered)
                : null;
    }
}
