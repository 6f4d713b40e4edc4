package io.freshet.stream.metrics;

import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says of one kind of loss that it was found: in the log, a counter and health, once in a second at
 * most, for what befalls one bucket befalls them all. Thread-safe.
 */
final class LossReport {

    private static final Logger log = LoggerFactory.getLogger(LossReport.class);

    private final String what;
    private final Level level;
    private final String message;
    private final Counter found;
    private final Losses losses;
    private final Sparse sparse = new Sparse();

    LossReport(String what, Level level, String message, Counter found, Losses losses) {
        this.what = what;
        this.level = level;
        this.message = message;
        this.found = found;
        this.losses = losses;
    }

    /**
     * It was found.
     *
     * @param details adds to the log event
     */
    void found(UnaryOperator<LoggingEventBuilder> details) {
        if (sparse.isDue()) {
            found.increment();
            losses.found(what, Instant.now());
            details.apply(log.atLevel(level)).addKeyValue("loss", what).log(message);
        }
    }
}
