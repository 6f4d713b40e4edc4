package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.ReadOptions;
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

    Rest(World world) {
        this.world = world;
    }

    void check() {
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            if (!world.appliers.get(p).isDone() || !world.expanders.get(p).isDone()) {
                world.violated("partition " + p + " was not brought to its end");
            }
        }
        if (!world.capture.isDone() || !world.log.isRouted()) {
            world.violated("a change was not published");
        }
        LogView forgetful = forgetful();
        for (int row = 0; row < SimKeys.COUNT; row++) {
            checkStored(forgetful, row);
            for (SimNode node : world.nodes) {
                int newest = world.database.visibleVersion(row);
                boolean skipNear = world.schedule.chance(50);
                node.read(row, new ReadOptions(skipNear, false, null, null), newest);
                world.settle("a read did not come to an end");
            }
        }
        for (SimNode node : world.nodes) {
            if (!node.isIdle()) {
                world.violated("a read was never answered");
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
        int version = SimNode.versionOf(entry);
        if (version < world.database.newestVersion(row, Mode.HARD)) {
            world.violated("k%d v%d was never evicted".formatted(row, version));
        }
        boolean old = version < world.database.visibleVersion(row);
        if (old && !entry.header().isMarkedSoft()) {
            world.violated("k%d v%d was never marked stale".formatted(row, version));
        }
        Marker marker = world.store.marker(SimKeys.partitionOf(row));
        Verdict verdict =
                forgetful.judgeStored(SimKeys.NAMESPACE, SimKeys.key(row), entry.header(), marker);
        if (old && verdict == Verdict.FRESH) {
            world.violated(
                    "a node that remembers nothing believes k%d v%d".formatted(row, version));
        }
    }
}
