package io.freshet.infra.check.report;

import io.freshet.infra.check.history.Verdict;
import io.freshet.infra.check.load.Audit.Stale;
import io.freshet.infra.check.load.Tally;
import java.time.Duration;
import java.util.List;

/**
 * What a check has found.
 *
 * @param length of the load
 * @param window how old an answer may be: the namespace's {@code max-staleness} and the allowance
 * @param nodes that were read from
 * @param stale values that did not become what the database says
 * @param events what was done to the system, and when
 * @param windowExceeded reads that nodes answered past their cache because the pipeline lagged
 * @param planted the fault that was planted into a service; empty for none. It turns the
 *     expectation round, not the verdict
 */
public record Report(
        Duration length,
        Duration window,
        int nodes,
        Verdict verdict,
        List<Stale> stale,
        Tally tally,
        List<Event> events,
        long windowExceeded,
        String planted) {

    /** Something that was done, so long after the start of the load. */
    public record Event(Duration at, String fault, String what) {}

    public boolean isGood() {
        return verdict.isGood() && stale.isEmpty();
    }
}
