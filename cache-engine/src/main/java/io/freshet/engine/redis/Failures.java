package io.freshet.engine.redis;

import static java.util.Objects.requireNonNull;

import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.store.StoreUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what goes wrong, as {@code freshet_redis_errors_total{op,kind}}, and gives it the one type
 * that callers know.
 */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** Why an operation failed. */
    enum Kind {
        /** No answer in time; the command may have taken effect. */
        TIMEOUT,
        /** No connection, or it broke. */
        CONNECTION,
        /** Not asked: the circuit is open. */
        OPEN,
        /** Too much is under way already. */
        OVERLOAD,
        /** Redis has no memory left. */
        FULL,
        /** Redis answered with another error. */
        REFUSED,
        /** There was a value, and it is no entry. */
        CORRUPT
    }

    private final Map<Op, Map<Kind, Counter>> counters = new EnumMap<>(Op.class);

    Failures(MeterRegistry meters) {
        for (Op op : Op.values()) {
            Map<Kind, Counter> byKind = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                byKind.put(
                        kind,
                        Counter.builder("freshet.redis.errors")
                                .description("Operations on Redis that failed")
                                .tag("op", op.label())
                                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                                .register(meters));
            }
            counters.put(op, byKind);
        }
    }

    StoreUnavailableException unavailable(Op op, Throwable failure) {
        Throwable cause = unwrap(failure);
        Kind kind = kindOf(cause);
        count(op, kind);
        return new StoreUnavailableException(
                "Redis: %s failed (%s)".formatted(op.label(), kind.name().toLowerCase(Locale.ROOT)),
                cause);
    }

    void corrupt(Op op, CorruptEntryException reason) {
        count(op, Kind.CORRUPT);
        log.atWarn()
                .addKeyValue("op", op.label())
                .addKeyValue("reason", reason.getMessage())
                .log("A value in Redis is no entry and counts as absent");
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private void count(Op op, Kind kind) {
        requireNonNull(requireNonNull(counters.get(op)).get(kind)).increment();
    }

    /** Whether a failure says that Redis itself is slow or away. */
    static boolean isFault(Throwable failure) {
        return switch (kindOf(unwrap(failure))) {
            case TIMEOUT, CONNECTION -> true;
            case OPEN, OVERLOAD, FULL, REFUSED, CORRUPT -> false;
        };
    }

    private static Kind kindOf(Throwable cause) {
        return switch (cause) {
            case RedisCircuit.OpenException _ -> Kind.OPEN;
            case RejectedExecutionException _ -> Kind.OVERLOAD;
            case RedisCommandTimeoutException _ -> Kind.TIMEOUT;
            case RedisCommandExecutionException e when isOutOfMemory(e) -> Kind.FULL;
            case RedisCommandExecutionException _ -> Kind.REFUSED;
            default -> Kind.CONNECTION;
        };
    }

    /** An error inside a script names itself after the script's position. */
    static boolean isOutOfMemory(RedisCommandExecutionException e) {
        return e.getMessage() != null && e.getMessage().contains("OOM ");
    }
}
