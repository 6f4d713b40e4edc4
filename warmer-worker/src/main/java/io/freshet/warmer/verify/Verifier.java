package io.freshet.warmer.verify;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Inventory;
import io.freshet.engine.log.LogFollower;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.source.Loaded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples keys at a steady pace and checks each at its times.
 *
 * <p>One thread keeps the time; what waits for nodes and sources runs in virtual threads, so many
 * at a time and no more: when they do not answer, samples are left out.
 */
public final class Verifier implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Verifier.class);
    private static final int MOST_SAMPLES = 2_000;
    private static final int AT_ONCE = 16;

    private final Plan plan;
    private final Namespaces namespaces;
    private final Truth truth;
    private final Nodes nodes;
    private final Observer observer;
    private final Trail trail;
    private final Inquiry inquiry;
    private final InstantSource clock;
    private final Sampler sampler;
    private final CachedKeys cached;
    private final Semaphore room = new Semaphore(MOST_SAMPLES);
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService time =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("verifier").factory());

    public Verifier(
            Plan plan,
            Namespaces namespaces,
            Inventory inventory,
            Truth truth,
            Nodes nodes,
            Trail trail,
            Observer observer,
            InstantSource clock) {
        this.plan = plan;
        this.namespaces = namespaces;
        this.truth = truth;
        this.nodes = nodes;
        this.observer = observer;
        this.clock = clock;
        this.trail = trail;
        this.inquiry = new Inquiry(nodes, trail);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.sampler = new Sampler(random);
        this.cached = new CachedKeys(inventory, random);
    }

    /** Is to be told of the log. */
    public LogFollower follower() {
        return sampler;
    }

    public void start() {
        long nanos = plan.interval().toNanos();
        var _ = time.scheduleWithFixedDelay(this::pick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void pick() {
        for (Origin origin : Origin.values()) {
            try {
                pick(origin);
            } catch (RuntimeException e) {
                log.atError()
                        .addKeyValue("origin", origin)
                        .setCause(e)
                        .log("no sample could be taken");
            }
        }
    }

    private void pick(Origin origin) {
        if (origin == Origin.CACHE) {
            fromCache();
        } else {
            sampler.take(origin).ifPresent(spot -> begin(spot, origin));
        }
    }

    private void fromCache() {
        List<NamespaceConfig> verifiable =
                namespaces.all().stream()
                        .filter(plan::isVerifiable)
                        .sorted(Comparator.comparing(namespace -> namespace.name().value()))
                        .toList();
        try {
            cached.next(verifiable)
                    .ifPresent(spot -> {
                        sampler.saw(spot);
                        begin(spot, Origin.CACHE);
                    });
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().addKeyValue("problem", e.getMessage()).log("Redis tells no keys");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Spot spot, Origin origin) {
        if (verifiable(spot.namespace()).isPresent() && room.tryAcquire()) {
            Thread.startVirtualThread(() -> {
                try {
                    follow(spot, origin);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                } finally {
                    room.release();
                }
            });
        }
    }

    private Optional<NamespaceConfig> verifiable(Namespace name) {
        return namespaces.find(name).filter(plan::isVerifiable);
    }

    private void follow(Spot spot, Origin origin) throws InterruptedException {
        Instant begun = clock.instant();
        Optional<Loaded> loaded = inTurn(() -> truth.read(spot));
        if (loaded.isEmpty()) {
            return;
        }
        var sample =
                new Sample(
                        loaded.get() instanceof Loaded.Value(_, _, var tags)
                                        && spot.tags().isEmpty()
                                ? spot.withTags(tags)
                                : spot,
                        origin,
                        begun,
                        clock.instant(),
                        Content.of(loaded.get()));
        sampler.watch(sample);
        try {
            for (Duration after : plan.after()) {
                Thread.sleep(
                        Duration.between(clock.instant(), sample.since().plus(after))
                                .plusMillis(1));
                check(sample, after);
            }
        } finally {
            sampler.forget(sample);
        }
    }

    private void check(Sample sample, Duration after) throws InterruptedException {
        Map<URI, Answer> answers = new HashMap<>();
        Instant asked = clock.instant();
        for (URI node : nodes.all()) {
            answers.put(node, inTurn(() -> read(node, sample)));
        }
        Optional<Loaded> now = inTurn(() -> truth.read(sample.spot()));
        Optional<NamespaceConfig> namespace = verifiable(sample.spot().namespace());
        if (namespace.isEmpty()) {
            return;
        }
        if (now.isEmpty()) {
            answers.keySet()
                    .forEach(_ -> observer.found(namespace.get().name(), after, Finding.FAILED));
            return;
        }
        Instant checked = clock.instant();
        Content content = Content.of(now.get());
        Duration allowed = Plan.allowed(namespace.get());
        for (var told : answers.entrySet()) {
            Finding finding = sample.judge(asked, told.getValue(), content, after, allowed);
            settle(sample, told.getKey(), told.getValue(), finding, after, checked);
        }
    }

    /** Nodes do not tell a value that is not cached from one that is known not to be. */
    private Answer read(URI node, Sample sample) {
        Answer answer = nodes.read(node, sample.spot());
        return answer instanceof Answer.NotCached
                        && sample.hasValue()
                        && trail.here(sample.spot()).knownAbsent()
                ? new Answer.Held(new Content.Absent(), false)
                : answer;
    }

    private void settle(
            Sample sample, URI node, Answer answer, Finding first, Duration after, Instant checked)
            throws InterruptedException {
        Finding finding =
                first == Finding.LAGGING
                                && answer instanceof Answer.Held early
                                && inquiry.isBroken(sample.spot(), node, early)
                        ? Finding.VIOLATION
                        : first;
        observer.found(sample.spot().namespace(), after, finding);
        if (finding == Finding.VIOLATION && answer instanceof Answer.Held held) {
            Cause cause = inquiry.causeOf(sample, node, held, checked);
            observer.found(
                    new Violation(checked, node, sample.spot(), sample.origin(), after, cause));
            log.atError()
                    .addKeyValue("namespace", sample.spot().namespace())
                    .addKeyValue("key", sample.spot().key())
                    .addKeyValue("node", node)
                    .addKeyValue("after", after)
                    .addKeyValue("cause", cause.label())
                    .log("an answer is not what the source says");
        }
    }

    private interface Question<T> {
        T ask();
    }

    private <T> T inTurn(Question<T> question) throws InterruptedException {
        turns.acquire();
        try {
            return question.ask();
        } finally {
            turns.release();
        }
    }

    @Override
    public void close() {
        time.shutdownNow();
    }
}
