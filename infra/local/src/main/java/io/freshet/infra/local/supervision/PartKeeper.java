package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.RunningPart.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running: starts it when what it needs is ready, watches it, starts it again when
 * it ends, and carries out orders.
 *
 * <p>All of it happens on one thread, that of {@link #run}; others read {@link #state} and give
 * orders, which are carried out in their order.
 */
final class PartKeeper implements Runnable {
    /** How a keeper deals with a part that ends or does not come up. */
    record Policy(boolean restarts, Duration startTimeout, Duration stopGrace) {}

    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(2);

    private final Part part;
    private final PartStarter starter;
    private final BooleanSupplier needsAreReady;
    private final Policy policy;
    private final InstantSource clock;
    private final BiConsumer<PartState, PartState> changed;
    private final BlockingQueue<Command> inbox = new LinkedBlockingQueue<>();

    private volatile PartState state = new PartState.Waiting();
    private Backoff backoff = Backoff.NONE;
    private Instant healthAsked = Instant.MIN;

    /**
     * @param changed told of each change, old state and new, on the keeper's thread
     */
    PartKeeper(
            Part part,
            PartStarter starter,
            BooleanSupplier needsAreReady,
            Policy policy,
            InstantSource clock,
            BiConsumer<PartState, PartState> changed) {
        this.part = part;
        this.starter = starter;
        this.needsAreReady = needsAreReady;
        this.policy = policy;
        this.clock = clock;
        this.changed = changed;
    }

    Part part() {
        return part;
    }

    PartState state() {
        return state;
    }

    /**
     * Lets a stopped or broken part run again; completes when that is noted, not when it is ready.
     */
    CompletableFuture<Void> start() {
        return tell(new Command.Start(new CompletableFuture<>()));
    }

    /** Completes when the part is gone. */
    CompletableFuture<Void> stop() {
        return tell(new Command.Stop(new CompletableFuture<>()));
    }

    /** Stops the part for good and ends {@link #run}. */
    CompletableFuture<Void> end() {
        return tell(new Command.End(new CompletableFuture<>()));
    }

    private CompletableFuture<Void> tell(Command command) {
        inbox.add(command);
        return command.done();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Command command = inbox.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                if (command == null) {
                    moveTo(next());
                    continue;
                }
                obey(command);
                command.done().complete(null);
                if (command instanceof Command.End) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void obey(Command command) {
        switch (command) {
            case Command.Start _ -> {
                if (state instanceof PartState.Stopped || state instanceof PartState.Broken) {
                    backoff = Backoff.NONE;
                    moveTo(new PartState.Waiting());
                }
            }
            case Command.Stop _, Command.End _ -> {
                state.process().ifPresent(running -> running.stop(policy.stopGrace()));
                moveTo(new PartState.Stopped());
            }
        }
    }

    private PartState next() throws InterruptedException {
        return switch (state) {
            case PartState.Waiting waiting -> needsAreReady.getAsBoolean() ? launch() : waiting;
            case PartState.Launching launching -> launching;
            case PartState.Starting starting -> checkStart(starting);
            case PartState.Ready ready -> checkReady(ready);
            case PartState.Unready unready -> checkUnready(unready);
            case PartState.Broken broken ->
                    clock.instant().isBefore(broken.retryAt()) ? broken : new PartState.Waiting();
            case PartState.Stopped stopped -> stopped;
        };
    }

    private PartState launch() throws InterruptedException {
        var launching = new PartState.Launching(clock.instant());
        moveTo(launching);
        try {
            return launching.launched(starter.start());
        } catch (PartStartException e) {
            return broken(String.valueOf(e.getMessage()));
        }
    }

    private PartState checkStart(PartState.Starting starting) {
        RunningPart running = starting.running();
        if (!running.isAlive()) {
            return broken("ended while it started");
        }
        return switch (running.health()) {
            case Health.Good _ -> starting.ready(clock.instant());
            case Health.Bad(String why) -> {
                if (!isPast(starting.since(), policy.startTimeout())) {
                    yield starting;
                }
                running.stop(policy.stopGrace());
                yield broken(
                        "not ready after %d s: %s"
                                .formatted(policy.startTimeout().toSeconds(), why));
            }
        };
    }

    private PartState checkReady(PartState.Ready ready) {
        if (!ready.running().isAlive()) {
            return ended(ready);
        }
        return healthIfDue(ready.running()) instanceof Health.Bad(String why)
                ? ready.doubted(why)
                : ready;
    }

    private PartState checkUnready(PartState.Unready unready) {
        if (!unready.before().running().isAlive()) {
            return ended(unready.before());
        }
        return switch (healthIfDue(unready.before().running())) {
            case Health.Good _ -> unready.recovered();
            case Health.Bad(String why) ->
                    unready.why().equals(why) ? unready : unready.before().doubted(why);
            case null -> unready;
        };
    }

    private PartState ended(PartState.Ready ready) {
        if (isPast(ready.since(), Backoff.PROVED)) {
            backoff = Backoff.NONE;
        }
        return broken("ended unasked");
    }

    private PartState.Broken broken(String why) {
        if (!policy.restarts()) {
            return new PartState.Broken(why, Instant.MAX);
        }
        backoff = backoff.failed();
        return new PartState.Broken(why, clock.instant().plus(backoff.delay()));
    }

    private @Nullable Health healthIfDue(RunningPart running) {
        if (!isPast(healthAsked, HEALTH_INTERVAL)) {
            return null;
        }
        healthAsked = clock.instant();
        return running.health();
    }

    private boolean isPast(Instant start, Duration length) {
        return start.equals(Instant.MIN) || clock.instant().isAfter(start.plus(length));
    }

    private void moveTo(PartState next) {
        PartState before = state;
        if (before.equals(next)) {
            return;
        }
        state = next;
        changed.accept(before, next);
    }

    private sealed interface Command {
        CompletableFuture<Void> done();

        record Start(CompletableFuture<Void> done) implements Command {}

        record Stop(CompletableFuture<Void> done) implements Command {}

        record End(CompletableFuture<Void> done) implements Command {}
    }
}
