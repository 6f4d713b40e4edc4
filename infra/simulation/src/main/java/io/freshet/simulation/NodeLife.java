package io.freshet.simulation;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.TailedNode;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.LogListener;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.log.TailStart;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.read.LoadObserver;
import io.freshet.engine.read.Paths;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.NearTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One life of a node, from start to crash: the real view, watermarks and paths, over a simulated
 * world. What it has sent is still on its way when it is over, and it goes on with the answers: a
 * process that is gone does less than that.
 */
final class NodeLife {

    final LogView view;
    private final World world;
    private final LogListener listener;
    private final Watermarks watermarks = new Watermarks(SimKeys.PARTITIONS, SimLog.INBOXES);
    private final SeenCommits commits = new SeenCommits("primary", SimKeys.PARTITIONS);
    private final List<Source> sources;
    private final Near near = new Near();
    private final Paths paths;
    private final int[] next = new int[SimKeys.PARTITIONS];
    private final Stamp[] heard = new Stamp[SimKeys.COUNT];
    private boolean begun;
    private int timeouts;

    NodeLife(World world, int node, ViewLimits limits) {
        this.world = world;
        Arrays.fill(heard, Stamp.ZERO);
        view = world.mutants.logView(SimKeys.PARTITIONING, limits);
        var progress = new InboxProgress(SimKeys.PARTITIONS, SimLog.INBOXES);
        listener =
                world.mutants.listener(
                        TailedNode.listener(view, watermarks, progress, commits), watermarks);
        sources =
                SimKeys.SOURCED_ROWS.stream()
                        .<Source>map(row -> new SimSource(world, commits, row))
                        .toList();
        paths =
                world.mutants.paths(
                        new Paths.World(
                                "node-" + node,
                                "primary",
                                view,
                                progress,
                                watermarks,
                                world.store,
                                world.mutants.near(near, view),
                                world.leases.of(row -> heard[row]),
                                world::register,
                                this::publish,
                                this::after,
                                world.clock,
                                new SplittableRandom(node),
                                world.schedule,
                                LoadObserver.NONE));
        @Nullable Stamp[] expanded = new Stamp[SimKeys.PARTITIONS];
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            expanded[p] = restore(p);
        }
        world.schedule.send(
                () -> "node " + node + " has restored its scopes", () -> begin(expanded));
    }

    Paths paths() {
        return paths;
    }

    Source source(int row) {
        return sources.get(row);
    }

    /** Waits that were given up so far. */
    int timeouts() {
        return timeouts;
    }

    boolean mayConsume(int partition) {
        return begun && next[partition] < world.log.partition(partition).size();
    }

    boolean isCaughtUp() {
        return begun && !mayConsume(0) && !mayConsume(1);
    }

    /** Takes the next record; what it promises. */
    @Nullable Promise consume(int partition) {
        SimLog.Entry entry = world.log.partition(partition).get(next[partition]++);
        Stamp position = Stamp.of(1, next[partition]);
        listener.consume(partition, position, entry.record());
        hear(partition, position, entry.record().event());
        return entry.promise();
    }

    /** Tags say nothing of a row before it is read. */
    private void hear(int partition, Stamp position, Event event) {
        if (event instanceof Event.Invalidation invalidation
                && !(invalidation.target() instanceof Target.OfTag)) {
            SimKeys.rowsUnder(invalidation.target()).stream()
                    .filter(row -> SimKeys.partitionOf(row) == partition)
                    .forEach(row -> heard[row] = position);
        }
    }

    private @Nullable Stamp restore(int partition) {
        Stamp progress = null;
        for (ScopeRecord scope : world.expanders.get(partition).scopes()) {
            if (scope instanceof ScopeRecord.Progress(var through)) {
                progress = through;
            }
            if (world.guards.contains(Guard.SCOPES_IN_NODE)) {
                listener.restore(partition, scope);
            }
        }
        return progress;
    }

    /** The end of the log is asked for after the scopes were read. */
    private void begin(@Nullable Stamp[] expanded) {
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            next[p] =
                    TailStart.begin(
                            listener,
                            p,
                            expanded[p],
                            world.log.partition(p).size(),
                            world.guards.contains(Guard.READY));
            for (int i = 0; i < SimLog.INBOXES; i++) {
                watermarks.heartbeat(
                        p, i, new Event.Heartbeat("primary", new Lsn(0), Instant.EPOCH));
            }
        }
        begun = true;
    }

    private CompletionStage<InboxPosition> publish(Event event) {
        return world.schedule.ask(
                () -> "inbox takes " + described(event), () -> world.publish(event));
    }

    /** Without what differs from run to run. */
    private static String described(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation ->
                    invalidation.mode() + " " + invalidation.target();
            case Event.Replaced(_, var keys, _, _) -> "that " + keys.getFirst() + " was replaced";
            case Event.Heartbeat heartbeat -> heartbeat.toString();
        };
    }

    private CompletionStage<Void> after(Duration delay) {
        return world.schedule
                .ask(
                        () -> delay + " pass",
                        () -> timeouts++,
                        null,
                        world.schedule.weather().patient())
                .thenAccept(_ -> {});
    }

    private static final class Near implements NearTier {

        private final Map<EntryKey, Entry> copies = new HashMap<>();

        @Override
        public @Nullable Entry get(Namespace namespace, EntryKey key) {
            return copies.get(key);
        }

        @Override
        public void put(Namespace namespace, EntryKey key, Entry entry) {
            copies.put(key, requireNonNull(entry));
        }

        @Override
        public void drop(Namespace namespace, EntryKey key) {
            copies.remove(key);
        }
    }
}
