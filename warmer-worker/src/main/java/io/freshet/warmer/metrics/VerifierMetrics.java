package io.freshet.warmer.metrics;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.DurationText;
import io.freshet.warmer.verify.Cause;
import io.freshet.warmer.verify.Consistency;
import io.freshet.warmer.verify.Finding;
import io.freshet.warmer.verify.Observer;
import io.freshet.warmer.verify.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the verifier tells. Thread-safe.
 *
 * <p>The tag {@code namespace} only ever holds configured namespaces, {@code after} the times of
 * the settings.
 */
public final class VerifierMetrics implements Observer {

    private final MeterRegistry registry;
    private final Consistency consistency;
    private final MeterProvider<Counter> checks;
    private final MeterProvider<Counter> violations;
    private final Set<Consistency.Line> shown = ConcurrentHashMap.newKeySet();

    /**
     * @param consistency is told what this is told
     */
    public VerifierMetrics(MeterRegistry registry, Consistency consistency) {
        this.registry = registry;
        this.consistency = consistency;
        checks =
                Counter.builder("cache.consistency.checks")
                        .description("Answers that were held against the source, by what was found")
                        .withRegistry(registry);
        violations =
                Counter.builder("cache.consistency.violations")
                        .description("Answers that were not what the source had said for that long")
                        .withRegistry(registry);
    }

    @Override
    public void found(Namespace namespace, Duration after, Finding finding) {
        consistency.found(namespace, after, finding);
        var line = new Consistency.Line(namespace, after);
        if (shown.add(line)) {
            show(line);
        }
        checks.withTags(tags(line).and("outcome", label(finding))).increment();
    }

    private void show(Consistency.Line line) {
        for (Finding finding : Finding.values()) {
            checks.withTags(tags(line).and("outcome", label(finding)));
        }
        for (Cause cause : Cause.values()) {
            violations.withTags(tags(line).and("cause", cause.label()));
        }
        Gauge.builder("cache.consistency.nines", consistency, truth -> truth.score(line).nines())
                .description("Consistency of the last hour as nines: 3 is 99.9 %")
                .tags(tags(line))
                .register(registry);
    }

    private static Tags tags(Consistency.Line line) {
        return Tags.of(
                "namespace", line.namespace().value(), "after", DurationText.format(line.after()));
    }

    private static String label(Finding finding) {
        return finding.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void found(Violation violation) {
        consistency.found(violation);
        var line = new Consistency.Line(violation.spot().namespace(), violation.after());
        violations.withTags(tags(line).and("cause", violation.cause().label())).increment();
    }
}
