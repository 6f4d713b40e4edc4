package io.freshet.cdc.capture;

import io.freshet.cdc.database.InvalidationFunctions;
import io.freshet.cdc.database.Publication;
import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.ServerIdentity;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.position.CapturePosition;
import io.freshet.cdc.position.Loss;
import io.freshet.cdc.position.LossDetection;
import io.freshet.cdc.position.PositionStore;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.TableName;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the database ready: checks it against the rules, tells what may have been missed, and sets
 * up publication, functions and slot.
 *
 * <p>What may have been missed is told before anything is changed that would hide it, and
 * remembered as a doubt; the doubt goes when the barriers that answer it have been raised.
 */
final class Preparation {

    private final CaptureSettings settings;
    private final SourceDatabase database;
    private final Rules rules;
    private final Connection connection;
    private final CaptureStatus status;

    /**
     * @param connection to the database; creating a slot on it may take as long as the longest
     *     transaction
     */
    Preparation(
            CaptureSettings settings,
            SourceDatabase database,
            Rules rules,
            Connection connection,
            CaptureStatus status) {
        this.settings = settings;
        this.database = database;
        this.rules = rules;
        this.connection = connection;
        this.status = status;
    }

    /**
     * A database that is ready.
     *
     * @param position where capture begins
     * @param losses what may have been missed before
     * @param fit how the rules fit the tables
     */
    record Ready(CapturePosition position, List<Loss> losses, Fit fit) {}

    /**
     * Prepares; blocks while it creates the slot.
     *
     * @param store where the last position is remembered
     * @throws RefusedException when somebody must mend something
     * @throws NotReadyException when another connector holds the slot
     */
    Ready prepare(PositionStore store) throws SQLException, InterruptedException {
        ServerIdentity server = ServerIdentity.of(database);
        CapturePosition remembered = store.load();
        Fit fit = new CapturedTables(rules, connection).fit().requireGrownFrom(remembered);
        Set<TableName> tables = fit.tables().keySet();
        var slot = new ReplicationSlot(connection, settings.slot());
        ReplicationSlot.Standing standing = slot.find();
        if (standing != null && standing.activePid() != null) {
            throw new NotReadyException(
                    "replication slot %s is read by another connector (server process %d)"
                            .formatted(settings.slot(), standing.activePid()));
        }
        var publication = new Publication(connection, settings.publication());
        Publication.Found published = publication.find();
        var found =
                new LossDetection.Found(
                        server, standing, written(), uncaptured(tables, published), Set.of());
        List<Loss> losses = LossDetection.losses(remembered, found, fit.rules());
        if (remembered != null && !losses.isEmpty()) {
            store.save(remembered.doubted(losses.getFirst().reason()));
        }
        publication.ensure(tables);
        var functions = new InvalidationFunctions(connection);
        functions.install();
        Lsn begin = beginOf(slot, standing, published);
        if (remembered != null && losses.isEmpty()) {
            begin = Lsn.max(begin, remembered.lsn());
        }
        // Read behind the slot's beginning: what committed before it may have named any of these.
        Set<Namespace> called = functions.calledWith();
        losses = LossDetection.losses(remembered, found.calling(called), fit.rules());
        var position =
                new CapturePosition(
                        server,
                        settings.slot(),
                        begin,
                        fit.rules().fingerprints(),
                        called,
                        doubt(losses));
        return new Ready(
                remembered == null ? position : position.called(remembered.called()), losses, fit);
    }

    /**
     * Whether the publication is still as it was prepared.
     *
     * @param tables those that are captured
     * @return what may be missed; null when nothing is
     */
    @Nullable String drift(Set<TableName> tables) throws SQLException {
        Set<TableName> uncaptured =
                uncaptured(tables, new Publication(connection, settings.publication()).find());
        return uncaptured.isEmpty() ? null : "the publication lost " + uncaptured;
    }

    private Lsn beginOf(
            ReplicationSlot slot,
            ReplicationSlot.@Nullable Standing standing,
            Publication.Found published)
            throws SQLException {
        if (standing == null) {
            return created(slot);
        }
        // Log from before the publication existed cannot be decoded with it on every version.
        if (standing.lost() || published instanceof Publication.Found.Absent) {
            slot.drop();
            return created(slot);
        }
        return standing.confirmed();
    }

    private Lsn created(ReplicationSlot slot) throws SQLException {
        status.become(
                new CaptureState.Starting(
                        ("creates replication slot %s, for which the server waits until the"
                                        + " transactions that are under way have ended")
                                .formatted(settings.slot())));
        return slot.create();
    }

    private static Set<TableName> uncaptured(Set<TableName> captured, Publication.Found published) {
        var uncaptured = new TreeSet<>(captured);
        if (published instanceof Publication.Found.Present(var tables, boolean complete)
                && complete) {
            uncaptured.removeAll(tables);
        }
        return uncaptured;
    }

    private Lsn written() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    private static @Nullable String doubt(List<Loss> losses) {
        return losses.isEmpty() ? null : losses.getFirst().reason();
    }
}
