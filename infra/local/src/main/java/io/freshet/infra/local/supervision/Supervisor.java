package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.ProcessId;
import io.freshet.infra.local.layout.TextFile;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a local instance from start to stop: keeps its parts, publishes their state under {@code
 * run/}, carries out orders and stops all of them in order.
 *
 * <p>{@link #run} is the supervisor's thread. {@link #stop} may be called from any other.
 */
public final class Supervisor {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration TICK = Duration.ofMillis(100);

    /**
     * How the instance is run.
     *
     * @param restarts whether a part that ends is started again
     * @param startTimeout for each part
     * @param owner the process whose end ends the instance, if there is one
     */
    public record Options(boolean restarts, Duration startTimeout, OptionalLong owner) {}

    private final VarDirectory directory;
    private final Map<Part, PartKeeper> keepers = new EnumMap<>(Part.class);
    private final ToIntFunction<Part> port;
    private final Function<Map<Part, Long>, String> environment;
    private final Options options;
    private final Orders orders;
    private final OrderDesk desk;
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ProcessId self = ProcessId.running(ProcessHandle.current().pid()).orElseThrow();

    private Phase phase = Phase.STARTING;
    private String message = "";

    /**
     * A supervisor of the parts that have starters; nothing runs until {@link #run}.
     *
     * @param environment the text of {@code local.env} for the parts' process ids
     */
    public Supervisor(
            VarDirectory directory,
            Map<Part, PartStarter> starters,
            ToIntFunction<Part> port,
            Function<Map<Part, Long>, String> environment,
            Options options) {
        this.directory = directory;
        this.port = port;
        this.environment = environment;
        this.options = options;
        this.orders = new Orders(directory.control());
        var policy =
                new PartKeeper.Policy(
                        options.restarts(), options.startTimeout(), StopSequence.SERVICE_GRACE);
        starters.forEach((part, starter) ->
                keepers.put(
                        part,
                        new PartKeeper(
                                part,
                                starter,
                                () -> part.needs().stream().allMatch(this::isReady),
                                policy,
                                InstantSource.system(),
                                (before, after) -> changed(part, before, after))));
        this.desk = new OrderDesk(orders, keepers, this::stop);
    }

    /**
     * Starts all parts, looks after them and returns when they are stopped.
     *
     * @return whether the instance came up
     */
    public boolean run() throws IOException, InterruptedException {
        orders.clear();
        publish();
        List<Thread> threads =
                keepers.values().stream()
                        .map(keeper ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name(keeper.part().label())
                                        .start(keeper))
                        .toList();
        try {
            lookAfter();
        } finally {
            enter(phase == Phase.FAILED ? Phase.FAILED : Phase.STOPPING);
            new StopSequence(keepers, threads).run();
            enter(phase == Phase.FAILED ? Phase.FAILED : Phase.STOPPED);
            ended.countDown();
        }
        return phase != Phase.FAILED;
    }

    /** Asks {@link #run} to stop everything and to return. */
    public void stop() {
        stopAsked.countDown();
    }

    /** Waits until {@link #run} has stopped everything. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void lookAfter() throws IOException, InterruptedException {
        do {
            desk.serve();
            String failure = firstFailure.get();
            if (phase == Phase.STARTING && failure != null) {
                message = failure;
                enter(Phase.FAILED);
                return;
            }
            if (phase == Phase.STARTING && keepers.keySet().stream().allMatch(this::isReady)) {
                enter(Phase.UP);
            }
        } while (ownerLives()
                && !stopAsked.await(TICK.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    private boolean ownerLives() {
        return options.owner().isEmpty()
                || ProcessHandle.of(options.owner().getAsLong())
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private boolean isReady(Part part) {
        PartKeeper keeper = keepers.get(part);
        return keeper != null && keeper.state() instanceof PartState.Ready;
    }

    /** Called on the keepers' threads. */
    private void changed(Part part, PartState before, PartState after) {
        if (after instanceof PartState.Broken broken) {
            firstFailure.compareAndSet(null, part.label() + ": " + broken.why());
        }
        log.atInfo()
                .addKeyValue("part", part.label())
                .addKeyValue("state", PartStatus.of(part, after, 0).word())
                .addKeyValue("detail", PartStatus.of(part, after, 0).detail())
                .log("part changed");
        try {
            if (!before.process().equals(after.process())) {
                notePid(part, after);
            }
            publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void notePid(Part part, PartState state) throws IOException {
        var pid = state.process().flatMap(running -> ProcessId.running(running.pid()));
        if (pid.isPresent()) {
            pid.get().writeTo(directory.pidFile(part));
        } else {
            Files.deleteIfExists(directory.pidFile(part));
        }
    }

    private synchronized void enter(Phase next) throws IOException {
        phase = next;
        publish();
    }

    private synchronized void publish() throws IOException {
        switch (phase) {
            case UP -> TextFile.replace(directory.environmentFile(), environment.apply(pids()));
            case STARTING, STOPPING, STOPPED, FAILED ->
                    Files.deleteIfExists(directory.environmentFile());
        }
        new InstanceStatus(
                        self,
                        phase,
                        message,
                        keepers.values().stream()
                                .map(keeper ->
                                        PartStatus.of(
                                                keeper.part(),
                                                keeper.state(),
                                                port.applyAsInt(keeper.part())))
                                .toList())
                .writeTo(directory.status());
    }

    private Map<Part, Long> pids() {
        var pids = new EnumMap<Part, Long>(Part.class);
        keepers.forEach((part, keeper) ->
                keeper.state().process().ifPresent(process -> pids.put(part, process.pid())));
        return pids;
    }
}
