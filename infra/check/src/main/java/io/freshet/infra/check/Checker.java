package io.freshet.infra.check;

import io.freshet.infra.check.fault.Fault;
import io.freshet.infra.check.fault.Site;
import io.freshet.infra.check.history.Judge;
import io.freshet.infra.check.history.Verdict;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Fleet;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.check.load.Audit;
import io.freshet.infra.check.load.Ground;
import io.freshet.infra.check.load.Load;
import io.freshet.infra.check.load.Tally;
import io.freshet.infra.check.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One check from beginning to end.
 *
 * <p>Phases: prepare tables, rules and nodes; run the load, with the faults one after the other;
 * run it calmly for the second half, when nothing mends by chance what was lost; stop it, wait for
 * the window, compare everything with the database, from a node that starts just then as well;
 * judge the history.
 */
public final class Checker {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration LEAST_CALM = Duration.ofSeconds(4);

    /** Versions of a later run are above those of every earlier one. */
    private final AtomicLong versions = new AtomicLong(System.currentTimeMillis() * 1_000_000);

    private final Instance instance;
    private final CheckPlan plan;
    private final Consumer<String> says;
    private final Ground ground;
    private final WindowCounts windows = new WindowCounts();
    private final List<Report.Event> events = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param says takes a line when there is something to say
     */
    public Checker(Instance instance, CheckPlan plan, Consumer<String> says) {
        this.instance = instance;
        this.plan = plan;
        this.says = says;
        this.ground = new Ground(instance);
    }

    public Report run() throws Exception {
        instance.awaitAllReady();
        says.accept("Preparing tables, rules and nodes ...");
        var preparation = new Preparation(instance, ground);
        preparation.prepare();
        try (var fleet = new Fleet(instance, preparation.namespaces())) {
            plan.planted().plant(instance, fleet);
            List<Api> nodes = nodes(fleet);
            var load = new Load(instance, nodes, versions, plan.seed());
            Set<String> present = preparation.fill(nodes, versions, load.history());
            long start = System.nanoTime();
            load.start(present);
            long disturbed = runLoad(load, nodes, start);
            says.accept("Comparing everything with the database ...");
            List<Audit.Stale> stale = audit(fleet, nodes, load);
            Verdict verdict = new Judge(CheckPlan.WINDOW).judge(load.history());
            return new Report(
                    Duration.ofNanos(disturbed),
                    CheckPlan.WINDOW,
                    nodes.size(),
                    verdict,
                    stale,
                    load.tally(),
                    List.copyOf(events),
                    windows.total(),
                    plan.planted().name());
        } finally {
            plan.planted().remove(instance);
        }
    }

    private List<Api> nodes(Fleet fleet) throws Exception {
        Map<String, String> settings = new HashMap<>();
        plan.faults().values().forEach(fault -> settings.putAll(fault.nodeSettings()));
        var nodes = new ArrayList<Api>();
        nodes.add(fleet.instanceNode());
        nodes.addAll(fleet.startNodes(List.of("node-2", "node-3"), settings));
        return List.copyOf(nodes);
    }

    /** Returns the length of the load. */
    private long runLoad(Load load, List<Api> nodes, long start) throws Exception {
        FutureTask<Void> faults = new FutureTask<>(() -> strikeAll(load, start), null);
        Thread.ofPlatform().daemon().name("faults").start(faults);
        Duration calm = max(plan.duration().dividedBy(2), LEAST_CALM);
        Duration disturbed = max(plan.duration().minus(calm), Duration.ZERO);
        while (!faults.isDone() || sinceStart(start).compareTo(disturbed) < 0) {
            tick(load, nodes, start);
        }
        finished(faults);
        load.calmDown();
        long calmSince = System.nanoTime();
        while (sinceStart(calmSince).compareTo(calm) < 0) {
            tick(load, nodes, start);
        }
        load.stop();
        return System.nanoTime() - start;
    }

    private void tick(Load load, List<Api> nodes, long start)
            throws InterruptedException, CheckException {
        Thread.sleep(TICK);
        load.requireNoFailure();
        windows.look(nodes);
        says.accept(
                "\r%4d s  %,d commits  %,d reads  %,d failed"
                        .formatted(
                                sinceStart(start).toSeconds(),
                                load.tally().total(Tally.Of.COMMITS),
                                load.tally().total(Tally.Of.READS),
                                load.tally().total(Tally.Of.FAILED)));
    }

    private void strikeAll(Load load, long start) {
        try {
            for (Map.Entry<String, Fault> fault : plan.faults().entrySet()) {
                Thread.sleep(WARM_UP);
                fault.getValue()
                        .strike(new Site(instance, load, did -> note(start, fault.getKey(), did)));
                instance.awaitAllReady();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void note(long start, String fault, String did) {
        var event = new Report.Event(sinceStart(start), fault, did);
        events.add(event);
        says.accept("%4d s  %s: %s".formatted(event.at().toSeconds(), fault, did));
    }

    private static void finished(FutureTask<Void> faults)
            throws InterruptedException, CheckException {
        try {
            faults.get();
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof IllegalStateException wrapped
                            ? wrapped.getCause()
                            : e.getCause();
            throw new CheckException("A fault could not be made or mended: " + cause, e);
        }
    }

    private List<Audit.Stale> audit(Fleet fleet, List<Api> nodes, Load load) throws Exception {
        instance.awaitAllReady();
        Thread.sleep(CheckPlan.WINDOW);
        var audit = new Audit(ground, load.history());
        List<Audit.Stale> stale = new ArrayList<>(audit.of(nodes));
        // It remembers nothing: what it believes of Redis, every node believes after a restart.
        stale.addAll(audit.of(fleet.startNodes(List.of("fresh-node"), Map.of())));
        return stale;
    }

    private static Duration sinceStart(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
