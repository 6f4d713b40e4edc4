package io.freshet.stream.metrics;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.RowImages;
import io.freshet.stream.kafka.ExpanderObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the expander does. Thread-safe. */
final class ExpanderMetrics implements ExpanderObserver {

    private final Meters meters;
    private final DistributionSummary fanOutKeys;
    private final Timer fanOutTime;
    private final Map<RowImages.Reason, Counter> rowsRefused =
            new EnumMap<>(RowImages.Reason.class);
    private final Map<Integer, Meter.Id> positions = new ConcurrentHashMap<>();

    ExpanderMetrics(Meters meters) {
        this.meters = meters;
        fanOutKeys =
                DistributionSummary.builder("freshet.fanout.keys")
                        .description("Keys that a tag, pattern or namespace invalidation evicted")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(1.0)
                        .maximumExpectedValue(10_000_000.0)
                        .register(meters.registry());
        fanOutTime =
                Timer.builder("freshet.fanout")
                        .description(
                                "From reading such an invalidation to handing out its last key")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofMinutes(5))
                        .register(meters.registry());
        for (RowImages.Reason reason : RowImages.Reason.values()) {
            rowsRefused.put(
                    reason,
                    meters.counter(
                            "freshet.rows.refused",
                            "Rows that came with their invalidation and were not written",
                            "reason",
                            reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
    }

    @Override
    public void opened(int partition, Supplier<Stamp> reached, BooleanSupplier hasWork) {
        Gauge position =
                Gauge.builder("freshet.log.position", reached, at -> at.get().position())
                        .description("Position that the expander has reached in the log")
                        .tag("partition", Integer.toString(partition))
                        .strongReference(true)
                        .register(meters.registry());
        positions.put(partition, position.getId());
    }

    @Override
    public void closed(int partition) {
        Meter.Id position = positions.remove(partition);
        if (position != null) {
            meters.registry().remove(position);
        }
    }

    @Override
    public void fannedOut(long keys, Duration took) {
        fanOutKeys.record((double) keys);
        fanOutTime.record(took);
    }

    @Override
    public void rowRefused(RowImages.Reason reason) {
        requireNonNull(rowsRefused.get(reason)).increment();
    }
}
