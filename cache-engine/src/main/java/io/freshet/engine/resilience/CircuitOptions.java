package io.freshet.engine.resilience;

import java.time.Duration;

/**
 * When a server is left alone.
 *
 * @param failureRate percentage of failed calls from which on the circuit opens
 * @param slowCallRate percentage of slow calls from which on it opens
 * @param slowCall what a call that is called slow takes at least
 * @param period the calls that are judged: those of so many whole seconds
 * @param minimumCalls fewer calls in a period say nothing
 * @param openFor how long nobody asks
 * @param probes calls that then try, and are judged by the same rates
 */
public record CircuitOptions(
        int failureRate,
        int slowCallRate,
        Duration slowCall,
        Duration period,
        int minimumCalls,
        Duration openFor,
        int probes) {

    public CircuitOptions {
        requirePercentage("failure-rate", failureRate);
        requirePercentage("slow-call-rate", slowCallRate);
        requirePositive("slow-call", slowCall);
        requirePositive("open-for", openFor);
        if (period.toSeconds() < 1 || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
            throw new IllegalArgumentException("freshet.resilience.*.period must be whole seconds");
        }
        if (minimumCalls < 1 || probes < 1) {
            throw new IllegalArgumentException(
                    "freshet.resilience.*.minimum-calls and .probes must be positive");
        }
    }

    /** The same, but no call faster than this is slow. */
    public CircuitOptions slowFrom(Duration least) {
        return least.compareTo(slowCall) <= 0
                ? this
                : new CircuitOptions(
                        failureRate, slowCallRate, least, period, minimumCalls, openFor, probes);
    }

    private static void requirePercentage(String option, int value) {
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException(
                    "freshet.resilience.*." + option + " must be 1 to 100");
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "freshet.resilience.*." + option + " must be positive");
        }
    }
}
