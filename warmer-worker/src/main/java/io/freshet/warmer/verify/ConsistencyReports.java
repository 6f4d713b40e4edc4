package io.freshet.warmer.verify;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.id.Namespace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what was found of each namespace, where that has changed. Used by one thread. */
public final class ConsistencyReports {

    private final String worker;
    private final Consistency consistency;
    private final Sink sink;
    private final InstantSource clock;
    private final Map<Namespace, ConsistencyReport> told = new HashMap<>();

    /** Where it is told; must not fail. */
    @FunctionalInterface
    public interface Sink {

        void publish(ConsistencyReport report);
    }

    /**
     * @param worker names the one that verifies
     */
    public ConsistencyReports(
            String worker, Consistency consistency, Sink sink, InstantSource clock) {
        this.worker = worker;
        this.consistency = consistency;
        this.sink = sink;
        this.clock = clock;
    }

    /** Tells what is new. */
    public void tell() {
        Map<Namespace, List<Checks>> checks = new TreeMap<>(Comparator.comparing(Namespace::value));
        for (Consistency.Line line : consistency.lines()) {
            checks.computeIfAbsent(line.namespace(), _ -> new ArrayList<>())
                    .add(new Checks(line.after(), consistency.score(line)));
        }
        Map<Namespace, ConsistencyReport.Violation> last = new HashMap<>();
        consistency.violations().forEach(found -> last.put(found.spot().namespace(), of(found)));
        checks.forEach((namespace, of) -> tell(namespace, of, last.get(namespace)));
    }

    private void tell(
            Namespace namespace, List<Checks> checks, ConsistencyReport.@Nullable Violation last) {
        var report = new ConsistencyReport(worker, namespace, clock.instant(), checks, last);
        ConsistencyReport before = told.put(namespace, report);
        if (before == null || !report.saysTheSame(before)) {
            sink.publish(report);
        }
    }

    private static ConsistencyReport.Violation of(Violation found) {
        return new ConsistencyReport.Violation(
                found.at(),
                found.spot().key(),
                found.node().toString(),
                found.after(),
                found.cause().label());
    }
}
