package io.freshet.engine.redis;

import io.freshet.engine.resilience.Circuit;
import io.freshet.engine.resilience.CircuitOptions;
import io.freshet.engine.resilience.CircuitState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of nodes to Redis. While it is open, reads go to the source at once instead of after
 * a timeout, fills are left out and writes are refused; none of that touches what readers may
 * believe.
 *
 * <p>The applier is not subject to it: it must go on trying, in order, and asks one step at a time.
 */
final class RedisCircuit {

    private static final Set<Op> EXEMPT =
            EnumSet.of(Op.APPLY, Op.MARKERS, Op.INITIALISE, Op.PING, Op.SERVERS);

    private final Circuit circuit;

    /** Redis was not asked. Without a stack trace: there may be thousands a second. */
    static final class OpenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private OpenException() {
            super("Redis failed too often and is left alone for a moment", null, false, false);
        }
    }

    RedisCircuit(CircuitOptions options) {
        circuit = new Circuit("Redis", options);
    }

    /** Whether an operation may be sent; if so it is {@link #settle settled} once. */
    boolean enter(Op op) {
        return EXEMPT.contains(op) || circuit.enter();
    }

    /**
     * What became of an operation.
     *
     * @param since when it was sent, by {@link System#nanoTime}
     */
    void settle(Op op, long since, @Nullable Throwable failure) {
        if (EXEMPT.contains(op)) {
            return;
        }
        if (failure != null && Failures.isFault(failure)) {
            circuit.failed(since, failure);
        } else {
            circuit.answered(since);
        }
    }

    OpenException open() {
        return new OpenException();
    }

    CircuitState state() {
        return circuit.state();
    }
}
