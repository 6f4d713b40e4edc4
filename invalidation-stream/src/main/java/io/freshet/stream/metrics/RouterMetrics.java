package io.freshet.stream.metrics;

import io.freshet.stream.kafka.RouterTopology.DeadLetterCount;
import io.freshet.stream.routing.Routing;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the router does. Thread-safe. */
final class RouterMetrics implements DeadLetterCount {

    private final Meters meters;
    private final ConcurrentMap<String, Counter> deadLetters;

    RouterMetrics(Meters meters) {
        this.meters = meters;
        Map<String, Counter> known =
                Routing.reasons().stream()
                        .collect(Collectors.toMap(Function.identity(), this::deadLetterCounter));
        deadLetters = new ConcurrentHashMap<>(known);
    }

    @Override
    public void count(String reason) {
        deadLetters.computeIfAbsent(reason, this::deadLetterCounter).increment();
    }

    private Counter deadLetterCounter(String reason) {
        return meters.counter(
                "freshet.dead.letters",
                "Records of the inbox that were set aside",
                "reason",
                reason);
    }
}
