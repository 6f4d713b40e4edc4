package io.freshet.simulation;

import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.freshness.ViewLimits;

/**
 * A node that begins now, catches up in no time and looks at everything that the store holds: it
 * knows of scopes what the expander left, and of keys what stands behind that in the log.
 */
final class Newcomer {

    private final World world;
    private final LogView view;
    private final Known known = new Known();

    Newcomer(World world) {
        this.world = world;
        view =
                world.mutants.logView(
                        SimKeys.PARTITIONING,
                        new ViewLimits(world.schedule.weather().memory(), 4, 2));
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            catchUp(p);
        }
    }

    void look() {
        for (int row = 0; row < SimKeys.COUNT; row++) {
            Entry entry = world.store.entry(row);
            if (entry != null) {
                look(row, entry);
            }
        }
    }

    private void catchUp(int partition) {
        Stamp begin = Stamp.of(1, 0);
        for (ScopeRecord scope : world.expanders.get(partition).scopes()) {
            switch (scope) {
                case ScopeRecord.Progress(var through) -> begin = Stamp.max(begin, through);
                case ScopeRecord.Position position -> {
                    if (world.guards.contains(Guard.SCOPES_IN_NODE)) {
                        view.restore(partition, position);
                    }
                }
            }
        }
        view.begin(partition, begin, begin);
        int position = 0;
        for (SimLog.Entry entry : world.log.partition(partition)) {
            position++;
            if (position > begin.position()) {
                view.consume(partition, Stamp.of(1, position), entry.record().event());
            }
            if (entry.promise() != null) {
                known.learn(entry.promise(), partition);
            }
        }
    }

    private void look(int row, Entry entry) {
        Verdict verdict =
                view.judgeStored(
                        SimKeys.namespaceOf(row),
                        SimKeys.key(row),
                        entry.header(),
                        world.store.marker(SimKeys.bucketOf(row)));
        if (verdict == Verdict.STALE) {
            return;
        }
        int version = world.versionOf(row, entry);
        int least =
                world.seen(row, known.of(row))
                        .version(verdict == Verdict.SOFT, world.store.failovers());
        if (version < least) {
            world.violated(
                    "a node that began now took k%d v%d for %s, although v%d was in force"
                            .formatted(row, version, verdict, least));
        }
    }
}
