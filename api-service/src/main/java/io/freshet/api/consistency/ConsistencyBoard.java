package io.freshet.api.consistency;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The latest report of each verifier on each namespace. A verifier that has been silent for an hour
 * knows nothing of the last hour, and is forgotten. Thread-safe.
 */
public final class ConsistencyBoard {

    private static final Duration KEPT = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<String, ConsistencyReport> latest = new HashMap<>();

    public ConsistencyBoard(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void update(ConsistencyReport report) {
        latest.put(report.recordKey(), report);
    }

    /**
     * What all verifiers found of each namespace, in their order; nothing is known where none has
     * looked. O(namespaces and reports).
     */
    List<Verdict> of(List<Namespace> namespaces) {
        Map<Namespace, List<ConsistencyReport>> reports = reports();
        return namespaces.stream()
                .map(name -> Verdict.of(name, reports.getOrDefault(name, List.of())))
                .toList();
    }

    private synchronized Map<Namespace, List<ConsistencyReport>> reports() {
        Instant oldest = clock.instant().minus(KEPT);
        latest.values().removeIf(report -> report.at().isBefore(oldest));
        return latest.values().stream()
                .collect(Collectors.groupingBy(ConsistencyReport::namespace));
    }
}
