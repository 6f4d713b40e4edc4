package io.freshet.engine.resilience;

import static java.util.Objects.requireNonNull;

import io.freshet.engine.resilience.RefusedException.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one server: bounds the calls at one time and those that wait, and makes none while
 * the circuit is open. Thread-safe; never blocks.
 *
 * <p>A call that waits does so within its caller's patience, which also covers what follows. The
 * circuit is asked when the turn has come, so that a probe of a half-open one is a real call.
 */
public final class Guard {

    private final String name;
    private final Circuit circuit;
    private final Turns turns;
    private final Predicate<Throwable> isFault;
    private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

    /**
     * @param name of the server, for people
     * @param isFault whether a failure speaks against the server, and not against what was asked
     */
    public Guard(String name, GuardOptions options, Predicate<Throwable> isFault) {
        this.name = name;
        this.isFault = isFault;
        circuit = new Circuit(name, options.circuit());
        turns = new Turns(options.concurrency(), options.queue());
        for (Reason reason : Reason.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    /**
     * Makes a call.
     *
     * @param patience longest wait for a turn and then the answer; who gets a turn at once waits
     *     for the answer as long as that takes
     * @param call makes it; fails by its stage
     * @return fails with {@link RefusedException} when it was not made
     */
    public <T> CompletionStage<T> call(Duration patience, Supplier<CompletionStage<T>> call) {
        if (turns.take()) {
            return now(call);
        }
        if (circuit.state() == CircuitState.OPEN) {
            return refuse(Reason.OPEN);
        }
        CompletionStage<Boolean> turn = turns.await(patience);
        if (turn == null) {
            return refuse(Reason.CROWDED);
        }
        return turn.thenComposeAsync(
                        granted -> granted ? now(call) : this.<T>refuse(Reason.LATE), Turns.NEXT)
                .toCompletableFuture()
                .copy()
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure ->
                        failure instanceof TimeoutException
                                ? refuse(Reason.LATE)
                                : CompletableFuture.failedStage(failure));
    }

    /** With a turn, which it gives back. */
    private <T> CompletionStage<T> now(Supplier<CompletionStage<T>> call) {
        if (!circuit.enter()) {
            turns.giveBack();
            return refuse(Reason.OPEN);
        }
        long since = System.nanoTime();
        return made(call)
                .whenComplete((_, failure) -> {
                    record(since, failure);
                    turns.giveBack();
                });
    }

    private static <T> CompletionStage<T> made(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void record(long since, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause == null || !isFault.test(cause)) {
            circuit.answered(since);
        } else {
            circuit.failed(since, cause);
        }
    }

    private <T> CompletionStage<T> refuse(Reason reason) {
        count(reason).increment();
        return CompletableFuture.failedStage(
                new RefusedException(
                        reason,
                        switch (reason) {
                            case OPEN -> name + " failed too often and is left alone for a moment";
                            case CROWDED -> "too many already wait for " + name;
                            case LATE -> name + " was busy for too long";
                        }));
    }

    private LongAdder count(Reason reason) {
        return requireNonNull(refused.get(reason));
    }

    public CircuitState state() {
        return circuit.state();
    }

    /** Calls under way. */
    public int underWay() {
        return turns.taken();
    }

    /** Calls that wait for a turn. */
    public int waiting() {
        return turns.waiting();
    }

    /** How many calls were refused for a reason. */
    public long refused(Reason reason) {
        return count(reason).sum();
    }
}
