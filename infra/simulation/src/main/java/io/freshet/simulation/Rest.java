package io.freshet.simulation;

import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.store.Marker;

/**
 * What holds once the world has come to rest, whatever was done: everything was published and
 * applied, the store holds nothing that was evicted (I3 of the model), nobody believes anything but
 * the newest (I2), and every read is answered with it.
 */
final class Rest {

    private final World world;
    private final Known promised = new Known();

    Rest(World world) {
        this.world = world;
    }

    void check() {
        checkDone();
        collectPromises();
        LogView forgetful = forgetful();
        for (int row : SimKeys.SOURCED_ROWS) {
            checkStored(forgetful, row);
        }
        if (world.putters != null) {
            SimKeys.PUT_ROWS.forEach(row -> checkStored(forgetful, row));
        }
        world.database.beat();
        world.settle("a heartbeat did not come to an end");
        SimKeys.SOURCED_ROWS.forEach(this::readNewest);
        if (world.putters != null) {
            SimKeys.PUT_ROWS.forEach(this::readOwed);
        }
        if (!world.nodes.stream().allMatch(SimNode::isIdle)) {
            world.violated("a read was never answered");
        }
    }

    private void checkDone() {
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            if (!world.appliers.get(p).isDone() || !world.expanders.get(p).isDone()) {
                world.violated("partition " + p + " was not brought to its end");
            }
        }
        if (!world.capture.isDone() || !world.log.isRouted() || !world.authors.isDone()) {
            world.violated("a change was not published");
        }
        if (world.putters != null && !world.putters.isDone()) {
            world.violated("a request was never answered");
        }
    }

    private void collectPromises() {
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            for (SimLog.Entry entry : world.log.partition(p)) {
                if (entry.promise() != null) {
                    promised.learn(entry.promise(), p);
                }
            }
        }
    }

    /** The view of a node that begins at the log's end: it knows of scopes, and of no key. */
    private LogView forgetful() {
        LogView view = world.mutants.logView(SimKeys.PARTITIONING, new ViewLimits(1, 8, 8));
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            for (ScopeRecord scope : world.expanders.get(p).scopes()) {
                if (scope instanceof ScopeRecord.Position position
                        && world.guards.contains(Guard.SCOPES_IN_NODE)) {
                    view.restore(p, position);
                }
            }
            Stamp end = Stamp.of(1, world.log.partition(p).size());
            view.begin(p, end, end);
        }
        return view;
    }

    private void checkStored(LogView forgetful, int row) {
        Entry entry = world.store.entry(row);
        if (entry == null) {
            return;
        }
        int version = world.versionOf(row, entry);
        Need need = promised.of(row);
        if (version < need.hard()) {
            world.violated("k%d v%d was never evicted".formatted(row, version));
        }
        boolean old = version < need.fresh();
        if (old && !entry.header().isMarkedSoft()) {
            world.violated("k%d v%d was never marked stale".formatted(row, version));
        }
        Marker marker = world.store.marker(SimKeys.bucketOf(row));
        Verdict verdict =
                forgetful.judgeStored(
                        SimKeys.namespaceOf(row), SimKeys.key(row), entry.header(), marker);
        if (old && verdict == Verdict.FRESH) {
            world.violated(
                    "a node that remembers nothing believes k%d v%d".formatted(row, version));
        }
    }

    private void readNewest(int row) {
        int newest = world.database.visibleVersion(row);
        for (SimNode node : world.nodes) {
            world.readers.readAtRest(node, row, Need.of(newest, 0));
            world.settle("a read did not come to an end");
        }
    }

    private void readOwed(int row) {
        int owed = world.puts.owed(row, world.store.losses());
        for (SimNode node : world.nodes) {
            world.readers.readAtRest(node, row, world.puts.announced(row));
            world.settle("a read did not come to an end");
            if (owed > 0) {
                node.readOwed(row, owed);
                world.settle("a read did not come to an end");
            }
        }
    }
}
