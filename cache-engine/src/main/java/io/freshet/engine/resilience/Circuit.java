package io.freshet.engine.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit to one server: after too many failed or slow calls nobody asks it for a while.
 * Thread-safe, without locks.
 *
 * <p>Who was let in must say how it went, once: {@link #answered}, {@link #failed}, or {@link
 * #notAsked}.
 */
public final class Circuit {

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private final String name;
    private final CircuitBreaker breaker;
    private final AtomicReference<CircuitState> told = new AtomicReference<>(CircuitState.CLOSED);

    /**
     * @param name of the server, for people
     */
    public Circuit(String name, CircuitOptions options) {
        this.name = name;
        breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .failureRateThreshold(options.failureRate())
                                .slowCallRateThreshold(options.slowCallRate())
                                .slowCallDurationThreshold(options.slowCall())
                                .slidingWindow(
                                        Math.toIntExact(options.period().toSeconds()),
                                        options.minimumCalls(),
                                        SlidingWindowType.TIME_BASED,
                                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                                .waitDurationInOpenState(options.openFor())
                                .permittedNumberOfCallsInHalfOpenState(options.probes())
                                .writableStackTraceEnabled(false)
                                .build());
    }

    /** Whether the server may be asked now. */
    public boolean enter() {
        boolean may = breaker.tryAcquirePermission();
        if (!may) {
            tellChange();
        }
        return may;
    }

    /**
     * It answered, whatever it said.
     *
     * @param since when it was asked, by {@link System#nanoTime}
     */
    public void answered(long since) {
        breaker.onSuccess(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        tellChange();
    }

    /** It did not answer, or not in time. */
    public void failed(long since, Throwable failure) {
        breaker.onError(System.nanoTime() - since, TimeUnit.NANOSECONDS, failure);
        tellChange();
    }

    /** It was not asked after all. */
    public void notAsked() {
        breaker.releasePermission();
    }

    public CircuitState state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CircuitState.CLOSED;
        };
    }

    /** Not by the breaker's events: one listener makes every call cost an event. */
    private void tellChange() {
        CircuitState now = state();
        CircuitState before = told.get();
        if (now == before || !told.compareAndSet(before, now)) {
            return;
        }
        var level = now == CircuitState.OPEN ? log.atWarn() : log.atInfo();
        level.addKeyValue("server", name)
                .addKeyValue("before", before)
                .addKeyValue("now", now)
                .log("A circuit changed");
    }
}
