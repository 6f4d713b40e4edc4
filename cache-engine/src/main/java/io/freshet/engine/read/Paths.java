package io.freshet.engine.read;

import io.freshet.engine.freshness.LogView;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.log.EntryRegistry;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import io.freshet.engine.structure.StructureStore;
import io.freshet.engine.structure.Structures;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The paths of one node, wired. */
public record Paths(
        ReadPath reads, WritePath writes, InvalidationPath invalidations, CallerLeases leases) {

    /**
     * What the paths run on.
     *
     * @param node names this node in the events that it publishes
     * @param database the source whose LSNs readers name
     * @param random decides who of many refreshes early
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
            LeaseStore leases,
            EntryRegistry registry,
            Inbox inbox,
            Timer timer,
            InstantSource clock,
            RandomGenerator random,
            Executor executor,
            LoadObserver observer) {}

    /** Makes the parts that hold a guard. */
    static class Parts {

        Judge judge(World world, Ageing ageing) {
            return new Judge(world.view, ageing);
        }

        Contest contest(World world, Judge judge) {
            return new Contest(world.view, world.leases, judge, world.timer, world.clock);
        }

        Coalescer coalescer(World world, Loader loader, LeasedLoads leased) {
            return new Coalescer(world.view, loader, leased);
        }
    }

    public static Paths over(World world) {
        return over(world, new Parts());
    }

    static Paths over(World world, Parts parts) {
        var arrival = arrival(world);
        var filler =
                new Filler(
                        world.view,
                        world.registry,
                        world.store,
                        world.near,
                        world.timer,
                        world.executor,
                        world.observer);
        var entries = new EntryFactory(world.clock);
        var loader = new Loader(world.view, filler, entries, world.observer);
        var ageing = new Ageing(world.clock, new EarlyRefresh(world.random));
        var judge = parts.judge(world, ageing);
        var contest = parts.contest(world, judge);
        var leased = new LeasedLoads(contest, loader, world.near, world.observer);
        var window = new Window(world.watermarks, world.database, world.clock);
        var tiers =
                new Tiers(
                        world.view,
                        world.near,
                        world.store,
                        parts.coalescer(world, loader, leased),
                        judge,
                        ageing,
                        window,
                        world.observer);
        var reads = new ReadPath(tiers, world.store, arrival);
        var leases = new CallerLeases(world.view, reads, window, contest);
        return new Paths(
                reads,
                writes(world, reads, filler, entries, leases),
                new InvalidationPath(
                        world.view,
                        reads,
                        world.inbox,
                        arrival,
                        world.store,
                        world.near,
                        world.clock),
                leases);
    }

    private static LogArrival arrival(World world) {
        return new LogArrival(
                world.view,
                world.progress,
                world.watermarks,
                world.database,
                world.timer,
                world.executor);
    }

    /** The structures of the same node. */
    public static Structures structures(World world, StructureStore store) {
        var judge = new Judge(world.view, new Ageing(world.clock, new EarlyRefresh(world.random)));
        var means =
                new StructureWrite.Means(
                        world.view,
                        judge,
                        new EntryFactory(world.clock),
                        world.registry,
                        world.store,
                        store,
                        world.near,
                        world.inbox,
                        world.timer,
                        world.executor,
                        world.node);
        var window = new Window(world.watermarks, world.database, world.clock);
        return new StructurePath(means, store, judge, window, arrival(world));
    }

    private static WritePath writes(
            World world, ReadPath reads, Filler filler, EntryFactory entries, CallerLeases leases) {
        return new WritePath(
                world.view,
                reads,
                filler,
                entries,
                world.registry,
                world.store,
                world.near,
                world.inbox,
                leases,
                world.node);
    }
}
