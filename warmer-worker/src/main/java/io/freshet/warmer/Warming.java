package io.freshet.warmer;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.topic.Topics;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.source.Sources;
import io.freshet.warmer.job.Cancelled;
import io.freshet.warmer.job.JobRunner;
import io.freshet.warmer.job.KeySelection;
import io.freshet.warmer.job.LoadPacer;
import io.freshet.warmer.job.Loads;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.job.ProgressReports;
import io.freshet.warmer.kafka.JobConsumer;
import io.freshet.warmer.kafka.JobTopic;
import io.freshet.warmer.kafka.PopularityTopic;
import io.freshet.warmer.kafka.ProgressTopic;
import io.freshet.warmer.kafka.TopicTail;
import io.freshet.warmer.kafka.TopicTail.Start;
import io.freshet.warmer.kafka.WarmerClients;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.metrics.WorthMetrics;
import io.freshet.warmer.popularity.HotKeys;
import io.freshet.warmer.popularity.Popularity;
import io.freshet.warmer.popularity.PopularitySaver;
import io.freshet.warmer.settings.WarmerSettings;
import io.freshet.warmer.trigger.Barriers;
import io.freshet.warmer.trigger.HotReloads;
import io.freshet.warmer.trigger.LossWatch;
import io.freshet.warmer.trigger.MissWatch;
import io.freshet.warmer.trigger.Rounds;
import io.freshet.warmer.trigger.Triggers;
import io.freshet.warmer.worth.Uplift;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * The parts that warm, put together: telemetry becomes popularity, triggers and callers make jobs
 * of it, jobs become loads at the pacer's pace. Everything that it opens is closed by the teardown.
 */
final class Warming {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Topics topics;
    private final String group;
    private final WarmerClients clients;
    private final WarmerSettings settings;
    private final Teardown teardown;
    private final InstantSource clock;
    private final WarmerMetrics metrics;
    private final WorthMetrics worth;
    private final Popularity popularity;

    Warming(
            Topics topics,
            WarmerClients clients,
            WarmerSettings settings,
            Teardown teardown,
            InstantSource clock,
            MeterRegistry meters) {
        this.topics = topics;
        this.group = topics.prefix() + "-warmer";
        this.clients = clients;
        this.settings = settings;
        this.teardown = teardown;
        this.clock = clock;
        this.metrics = new WarmerMetrics(meters);
        this.worth = new WorthMetrics(meters);
        this.popularity =
                new Popularity(
                        settings.popularity().keys(),
                        settings.popularity().namespaces(),
                        settings.popularity().halfLife(),
                        clock);
    }

    /** Reads back what was saved of the popularity; done when all of it is known. */
    CompletionStage<?> restorePopularity() {
        var tail =
                teardown.add(
                        new TopicTail<>(
                                "popularity",
                                clients,
                                topics.popularity(),
                                new Start.Oldest(),
                                (partition, _, record) -> popularity.restore(partition, record),
                                metrics));
        tail.start();
        return tail.caughtUp().thenRunAsync(tail::close);
    }

    /** Hears what nodes tell from there on; done when what they have told before is known. */
    CompletionStage<?> hearTelemetry(MissWatch misses, Uplift uplift) {
        var hearing =
                new Object() {
                    volatile boolean isCurrent;
                };
        TopicTail.Taker<Traffic> taker =
                (partition, offset, traffic) -> {
                    popularity.add(partition, offset, traffic);
                    metrics.telemetryRecord();
                    if (hearing.isCurrent) {
                        misses.add(traffic);
                        uplift.add(traffic);
                    }
                };
        var tail =
                teardown.add(
                        new TopicTail<>(
                                "telemetry",
                                clients,
                                topics.telemetry(),
                                new Start.At(popularity.through()),
                                taker,
                                metrics));
        tail.start();
        return tail.caughtUp().thenRun(() -> hearing.isCurrent = true);
    }

    HotKeys hotKeys() {
        return new HotKeys(popularity, clock);
    }

    Uplift uplift(Namespaces namespaces, HotKeys hot) {
        var uplift = new Uplift(namespaces, hot, worth, clock);
        worth.show(uplift);
        return uplift;
    }

    /** Takes jobs and makes them. */
    void begin(
            Namespaces namespaces,
            CacheEngine engine,
            Sources sources,
            HotKeys hot,
            MissWatch misses) {
        int partitions = topics.warmJobs().partitions();
        var pacer = new LoadPacer(settings.budget(), settings.concurrency());
        var ownership = new Ownership(partitions, pacer);
        metrics.watch(pacer::concurrency, ownership::size);
        var loads = new Loads(engine.cache(), pacer, metrics);
        var progress = teardown.add(new ProgressTopic(clients, topics.warmProgress()));
        var reports =
                teardown.add(new ProgressReports(progress, settings.progressInterval(), clock));
        var queue = teardown.add(new JobTopic(clients, topics.warmJobs(), progress));
        var cancelled = new Cancelled();
        teardown.add(
                        new TopicTail<>(
                                "cancels",
                                clients,
                                topics.warmCancels(),
                                new Start.Oldest(),
                                (_, _, cancel) -> cancelled.add(cancel),
                                metrics))
                .start();
        var runner =
                new JobRunner(
                        namespaces,
                        new KeySelection(popularity, sources::keys),
                        loads,
                        queue,
                        cancelled,
                        reports,
                        metrics);
        teardown.add(new JobConsumer(clients, topics.warmJobs(), group, runner, ownership, metrics))
                .start();
        savePopularity(ownership);
        var barriers = new Barriers();
        engine.follow(barriers);
        var triggers =
                new Triggers(
                        namespaces,
                        ownership,
                        popularity,
                        queue,
                        new LossWatch(engine.canaries()::restore),
                        barriers,
                        misses);
        teardown.add(Rounds.start("triggers", LOOK, () -> triggers.look(clock.instant())));
        reload(namespaces, engine, hot, ownership, loads);
    }

    private void savePopularity(Ownership ownership) {
        var store = teardown.add(new PopularityTopic(clients, topics.popularity()));
        var saver =
                new PopularitySaver(
                        popularity, store, topics.telemetry().partitions(), ownership::has);
        teardown.add(
                Rounds.start("popularity-save", settings.popularity().saveInterval(), saver::save));
    }

    private void reload(
            Namespaces namespaces,
            CacheEngine engine,
            HotKeys hot,
            Ownership ownership,
            Loads loads) {
        int partitions = topics.log().partitions();
        var reloads = new HotReloads(namespaces, ownership, hot, loads, metrics, partitions);
        engine.follow(reloads);
        teardown.add(
                        new TopicTail<>(
                                "evictions",
                                clients,
                                topics.evictions(),
                                new Start.Newest(),
                                (partition, _, eviction) -> reloads.evicted(partition, eviction),
                                metrics))
                .start();
        teardown.add(Rounds.start("hot-reloads", LOOK, reloads::run));
    }
}
