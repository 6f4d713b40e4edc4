package io.freshet.cdc.metrics;

import io.freshet.cdc.position.Loss;
import io.freshet.cdc.rule.Rule;
import io.freshet.cdc.rule.Rules;
import io.freshet.contracts.codec.MalformedRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The meters, under the names that Prometheus shows. Safe for use by several threads.
 *
 * <ul>
 *   <li>{@code freshet_capture_events_total{rule}}: invalidations published, by rule
 *   <li>{@code freshet_capture_calls_total}: invalidations published that SQL asked for
 *   <li>{@code freshet_dead_letters_total{reason}}: messages of SQL that could not be read
 *   <li>{@code freshet_capture_transactions_total}: transactions with changes of captured tables,
 *       or calls
 *   <li>{@code freshet_capture_visibility_wait_seconds}: from the delivery of changes by the log to
 *       their publication, for good or early
 *   <li>{@code freshet_capture_early_publications_total}: publications before readers could see
 *   <li>{@code freshet_capture_barriers_total{cause}}: namespaces invalidated because changes may
 *       have been missed
 *   <li>{@code freshet_capture_slot_retained_bytes}: log that the server keeps for the slot
 *   <li>{@code freshet_capture_lag_seconds}: age of the last heartbeat that was forwarded
 *   <li>{@code freshet_capture_rule_impaired{rule}}: 1 while a rule no longer fits its table
 * </ul>
 */
public final class CaptureMetrics {

    private static final String EVENTS = "freshet.capture.events";
    private static final String DEAD_LETTERS = "freshet.dead.letters";

    private final MeterRegistry registry;
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Counter calls;
    private final Counter transactions;
    private final Counter earlyPublications;
    private final Timer visibilityWait;

    /**
     * @param retainedBytes NaN while it is not known
     * @param lagSeconds likewise
     */
    public CaptureMetrics(
            MeterRegistry registry, Supplier<Number> retainedBytes, Supplier<Number> lagSeconds) {
        this.registry = registry;
        calls =
                Counter.builder("freshet.capture.calls")
                        .description("Invalidations published that SQL asked for")
                        .register(registry);
        for (var reason : MalformedRecordException.Reason.values()) {
            deadLettersOf(reason.code());
        }
        for (var cause : Loss.Cause.values()) {
            barriersOf(cause);
        }
        transactions =
                Counter.builder("freshet.capture.transactions")
                        .description("Transactions with changes of captured tables, or calls")
                        .register(registry);
        earlyPublications =
                Counter.builder("freshet.capture.early.publications")
                        .description("Publications before new readers could see the change")
                        .register(registry);
        visibilityWait =
                Timer.builder("freshet.capture.visibility.wait")
                        .description("From delivery by the log to publication")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofNanos(100_000))
                        .maximumExpectedValue(Duration.ofSeconds(10))
                        .register(registry);
        Gauge.builder("freshet.capture.slot.retained", retainedBytes)
                .description("Log that the server keeps for the replication slot")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("freshet.capture.lag", lagSeconds)
                .description("Age of the last heartbeat that was forwarded")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Tells of each rule, from now on, whether it is impaired. */
    public void watch(Rules rules, Predicate<String> isImpaired) {
        for (Rule rule : rules.all()) {
            Gauge.builder(
                            "freshet.capture.rule.impaired",
                            () -> isImpaired.test(rule.name()) ? 1 : 0)
                    .description(
                            "1 while the rule no longer fits its table: its whole namespace is"
                                    + " invalidated instead")
                    .tag("rule", rule.name())
                    .register(registry);
        }
    }

    /** Barriers were raised. */
    public void barrier(Loss.Cause cause, int namespaces) {
        barriersOf(cause).increment(namespaces);
    }

    public void published(String rule) {
        events.computeIfAbsent(rule, this::eventsOf).increment();
    }

    public void publishedCall() {
        calls.increment();
    }

    public void setAside(String reason) {
        deadLettersOf(reason).increment();
    }

    public void publishedEarly() {
        earlyPublications.increment();
    }

    public void waited(Duration sinceDelivery) {
        visibilityWait.record(sinceDelivery);
    }

    public void captured(int ended) {
        transactions.increment(ended);
    }

    private Counter barriersOf(Loss.Cause cause) {
        return Counter.builder("freshet.capture.barriers")
                .description("Namespaces invalidated because changes may have been missed")
                .tag("cause", cause.label())
                .register(registry);
    }

    private Counter deadLettersOf(String reason) {
        return Counter.builder(DEAD_LETTERS)
                .description("Messages of SQL that were set aside")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter eventsOf(String rule) {
        return Counter.builder(EVENTS)
                .description("Invalidations published")
                .tag("rule", rule)
                .register(registry);
    }
}
