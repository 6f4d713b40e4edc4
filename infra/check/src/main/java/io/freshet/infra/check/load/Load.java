package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Instance;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writers, purgers and readers, each a thread, from {@link #start} to {@link #stop}. */
public final class Load {
    static final int WRITERS = 4;

    private static final int READERS_OF_A_NODE = 2;
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(15);
    private static final Duration BETWEEN_SCOPES = Duration.ofMillis(800);
    private static final Duration BETWEEN_PURGES = Duration.ofMillis(300);
    private static final Duration BETWEEN_READS = Duration.ofMillis(1);
    private static final Duration BETWEEN_SLOW_READS = Duration.ofMillis(20);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final int EASED = 20;
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);

    private final Instance instance;
    private final List<Api> nodes;
    private final AtomicLong versions;
    private final RandomGenerator.SplittableGenerator random;
    private final History history = new History();
    private final Tally tally = new Tally();
    private final SlowLoads slowLoads = new SlowLoads();
    private final List<Thread> disturbers = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean bulkIsRead = new AtomicBoolean();
    private volatile boolean disturbing = true;
    private volatile boolean running = true;
    private volatile boolean eased;

    /**
     * @param versions where the numbers of versions come from
     * @param seed of the choices; threads and servers make each run another all the same
     */
    public Load(Instance instance, List<Api> nodes, AtomicLong versions, long seed) {
        this.instance = instance;
        this.nodes = List.copyOf(nodes);
        this.versions = versions;
        this.random =
                RandomGeneratorFactory.<RandomGenerator.SplittableGenerator>of("L64X128MixRandom")
                        .create(seed);
    }

    public History history() {
        return history;
    }

    public Tally tally() {
        return tally;
    }

    public SlowLoads slowLoads() {
        return slowLoads;
    }

    /** Many rows that are changed as one, and are read while it is {@linkplain Bulk#close open}. */
    public Bulk bulk(Connection connection) {
        return new Bulk(connection, versions, history, tally, bulkIsRead);
    }

    /**
     * Begins.
     *
     * @param present the keys that have a row
     */
    public void start(Set<String> present) {
        var bounds = new Bounds();
        var notes = new ItemWriter.Notes(history, tally, bounds, versions, slowLoads);
        for (int writer = 0; writer < WRITERS; writer++) {
            List<Integer> own = own(writer);
            var ownPresent = new HashSet<>(own.stream().map(Keys::item).toList());
            ownPresent.retainAll(present);
            others.add(
                    thread(
                            "writer-" + writer,
                            new ItemWriter(
                                    new Committer(instance::database),
                                    notes,
                                    random.split(),
                                    own,
                                    ownPresent),
                            BETWEEN_WRITES,
                            false));
        }
        for (Api node : nodes) {
            for (int reader = 0; reader < READERS_OF_A_NODE; reader++) {
                others.add(reader(node, bounds, false, BETWEEN_READS));
            }
            others.add(reader(node, bounds, true, BETWEEN_SLOW_READS));
            others.add(
                    thread(
                            "batch reader of " + node.node(),
                            new BatchReader(node, history, tally, random.split()),
                            BETWEEN_BATCHES,
                            false));
        }
        disturbers.add(
                thread(
                        "scopes",
                        new ScopeWriter(
                                new Committer(instance::database),
                                history,
                                tally,
                                versions,
                                random.split()),
                        BETWEEN_SCOPES,
                        true));
        disturbers.add(
                thread(
                        "purger",
                        new Purger(
                                instance.variable("FRESHET_KAFKA"),
                                nodes,
                                bounds,
                                tally,
                                random.split()),
                        BETWEEN_PURGES,
                        true));
        disturbers.forEach(Thread::start);
        others.forEach(Thread::start);
    }

    /** Leaves most of the machine to a part that is starting; it would take minutes otherwise. */
    public void easeOff() {
        eased = true;
    }

    /** Goes on at full speed. */
    public void press() {
        eased = false;
    }

    /** Ends what would mend by chance what a lost invalidation has left: purges, tags, patterns. */
    public void calmDown() {
        disturbing = false;
    }

    /** Ends everything and waits for what is under way. */
    public void stop() throws InterruptedException, CheckException {
        disturbing = false;
        running = false;
        long end = System.nanoTime() + END_PATIENCE.toNanos();
        for (List<Thread> threads : List.of(disturbers, others)) {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    throw new CheckException(thread.getName() + " does not end");
                }
            }
        }
        requireNoFailure();
    }

    /** What no fault of a server explains. */
    public void requireNoFailure() throws CheckException {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new CheckException("The load broke: " + failed, failed);
        }
    }

    private Thread reader(Api node, Bounds bounds, boolean patient, Duration pause) {
        return thread(
                "reader of " + node.node(),
                new Reader(
                        node,
                        new Reader.Notes(history, tally, bounds, bulkIsRead),
                        random.split(),
                        patient),
                pause,
                false);
    }

    private Thread thread(String name, Step step, Duration pause, boolean disturber) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .unstarted(() -> {
                    try (step) {
                        while (running && (disturbing || !disturber)) {
                            long started = System.nanoTime();
                            step.step();
                            Thread.sleep(pauseAfter(System.nanoTime() - started, pause));
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    /**
     * As long as the step took, so that a machine on which everything has become slow is left the
     * time to mend itself.
     */
    private Duration pauseAfter(long nanos, Duration between) {
        Duration least = eased ? between.multipliedBy(EASED) : between;
        Duration took = Duration.ofNanos(Math.min(nanos, LONGEST_PAUSE.toNanos()));
        return took.compareTo(least) > 0 ? took : least;
    }

    private static List<Integer> own(int writer) {
        return IntStream.range(0, Keys.ITEMS)
                .filter(number -> number % WRITERS == writer)
                .boxed()
                .toList();
    }
}
