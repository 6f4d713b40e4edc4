package io.freshet.contracts.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The trace that a thread works for, if any: what it sends to the inbox belongs to that. */
public final class CurrentTrace {

    private static final ThreadLocal<@Nullable TraceContext> CURRENT = new ThreadLocal<>();

    private CurrentTrace() {}

    /** Ends by being closed, in the thread in which it began. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /** Null when there is none. */
    public static @Nullable TraceContext get() {
        return CURRENT.get();
    }

    /** Makes a context the current one until closed. */
    public static Scope enter(@Nullable TraceContext context) {
        TraceContext before = CURRENT.get();
        set(context);
        return () -> set(before);
    }

    /** A step that works for what is current now, whichever thread takes it. */
    public static <T, R> Function<T, R> carriedTo(Function<T, R> step) {
        TraceContext context = CURRENT.get();
        if (context == null) {
            return step;
        }
        return argument -> {
            try (var _ = enter(context)) {
                return step.apply(argument);
            }
        };
    }

    private static void set(@Nullable TraceContext context) {
        if (context == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(context);
        }
    }
}
