package io.freshet.api.consistency;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What verifiers found of a namespace during the last hour, together.
 *
 * @param checks by the time after which samples are checked
 * @param last the latest violation that any of them found
 */
record Verdict(Namespace namespace, SortedMap<Duration, Score> checks, @Nullable Violation last) {

    Verdict {
        checks = Collections.unmodifiableSortedMap(new TreeMap<>(checks));
    }

    static Verdict of(Namespace namespace, Collection<ConsistencyReport> reports) {
        var checks = new TreeMap<Duration, Score>();
        for (ConsistencyReport report : reports) {
            for (Checks some : report.checks()) {
                checks.merge(some.after(), some.score(), Score::and);
            }
        }
        Violation last =
                reports.stream()
                        .map(ConsistencyReport::last)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(Violation::at))
                        .orElse(null);
        return new Verdict(namespace, checks, last);
    }

    /** Of all times. */
    Score together() {
        return checks.values().stream().reduce(new Score(0, 0), Score::and);
    }

    /** Of the time at which it is least consistent; not a number when nothing was judged. */
    double nines() {
        return checks.values().stream()
                .mapToDouble(Score::nines)
                .filter(nines -> !Double.isNaN(nines))
                .min()
                .orElse(Double.NaN);
    }
}
