package io.freshet.api.consistency;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** What all verifiers found of a namespace; nothing is known where none has looked. */
    synchronized Verdict of(Namespace namespace) {
        Instant oldest = clock.instant().minus(KEPT);
        latest.values().removeIf(report -> report.at().isBefore(oldest));
        List<ConsistencyReport> reports =
                latest.values().stream()
                        .filter(report -> report.namespace().equals(namespace))
                        .toList();
        return Verdict.of(namespace, reports);
    }
}
