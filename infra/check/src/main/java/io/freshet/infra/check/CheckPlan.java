package io.freshet.infra.check;

import io.freshet.infra.check.fault.Fault;
import java.time.Duration;
import java.util.Map;

/**
 * What to check.
 *
 * @param duration of the load at least; longer if the faults take longer
 * @param faults by name, struck one after the other
 * @param planted a mistake that a service is started with, so that the check can be seen to find it
 * @param seed of the load's choices
 */
public record CheckPlan(Duration duration, Map<String, Fault> faults, Planted planted, long seed) {

    /** What is allowed beside {@code max-staleness}: for the way of a request, and clocks. */
    public static final Duration ALLOWANCE = Duration.ofMillis(500);

    public static final Duration WINDOW = Fault.WINDOW.plus(ALLOWANCE);
}
