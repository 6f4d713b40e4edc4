package io.freshet.engine.read;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.EntryRegistry;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The paths of one node, wired. */
public record Paths(ReadPath reads, WritePath writes, InvalidationPath invalidations) {

    /**
     * What the paths run on.
     *
     * @param node names this node in the events that it publishes
     * @param database the source whose LSNs readers name
     * @param executor runs what follows a wait for the log or an acknowledgement
     */
    public record World(
            String node,
            String database,
            LogView view,
            InboxProgress progress,
            Watermarks watermarks,
            EntryStore store,
            NearTier near,
            EntryRegistry registry,
            Inbox inbox,
            Timer timer,
            InstantSource clock,
            Executor executor,
            LoadObserver observer) {}

    public static Paths over(World world) {
        return over(world, loader -> new Coalescer(world.view, loader));
    }

    static Paths over(World world, Function<Loader, Coalescer> coalescer) {
        var entries = new EntryFactory(world.clock);
        var arrival =
                new LogArrival(
                        world.view,
                        world.progress,
                        world.watermarks,
                        world.database,
                        world.timer,
                        world.executor);
        var filler =
                new Filler(
                        world.view,
                        world.registry,
                        world.store,
                        world.near,
                        world.timer,
                        world.executor,
                        world.observer);
        var loads = coalescer.apply(new Loader(world.view, filler, entries, world.observer));
        var reads =
                new ReadPath(
                        world.view,
                        world.near,
                        world.store,
                        loads,
                        arrival,
                        new Window(world.watermarks, world.database, world.clock),
                        world.clock,
                        world.observer);
        var writes =
                new WritePath(
                        world.view,
                        reads,
                        filler,
                        entries,
                        world.registry,
                        world.store,
                        world.near,
                        world.inbox,
                        world.node);
        var invalidations =
                new InvalidationPath(
                        world.view,
                        reads,
                        world.inbox,
                        arrival,
                        world.store,
                        world.near,
                        world.clock);
        return new Paths(reads, writes, invalidations);
    }
}
