package io.freshet.engine.resilience;

import java.time.Duration;

/**
 * How callers are kept off a server.
 *
 * @param concurrency calls at one time
 * @param queue calls that may wait for a turn; more are refused at once
 */
public record GuardOptions(CircuitOptions circuit, int concurrency, int queue) {

    /** Of a source, unless said otherwise. */
    public static final GuardOptions SOURCE =
            new GuardOptions(
                    new CircuitOptions(
                            50,
                            80,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10),
                            20,
                            Duration.ofSeconds(2),
                            3),
                    8,
                    1024);

    public GuardOptions {
        if (concurrency < 1 || queue < 0) {
            throw new IllegalArgumentException(
                    "freshet.resilience.*.concurrency must be positive, and .queue not negative");
        }
    }
}
