package io.freshet.warmer;

import io.freshet.engine.CacheEngine;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.source.Sources;
import io.freshet.warmer.metrics.VerifierMetrics;
import io.freshet.warmer.settings.VerifierSettings;
import io.freshet.warmer.trigger.Rounds;
import io.freshet.warmer.verify.Consistency;
import io.freshet.warmer.verify.ConsistencyReports;
import io.freshet.warmer.verify.EngineTrail;
import io.freshet.warmer.verify.EngineTrail.InboxSearch;
import io.freshet.warmer.verify.SourceTruth;
import io.freshet.warmer.verify.Verifier;
import io.freshet.warmer.verify.rest.RestNodes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The truth verifier of a worker, and what it found; nothing runs where it is off. */
final class Verification {

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private static final Duration TELLING = Duration.ofSeconds(2);

    private final VerifierSettings settings;
    private final String database;
    private final MeterRegistry meters;
    private final InstantSource clock = InstantSource.system();
    private final Consistency consistency = new Consistency(clock);

    /**
     * @param database by which the windows of namespaces without a database are measured
     */
    Verification(VerifierSettings settings, String database, MeterRegistry meters) {
        this.settings = settings;
        this.database = database;
        this.meters = meters;
    }

    Consistency consistency() {
        return consistency;
    }

    /**
     * Begins, if it is on; whoever asked for it closes it.
     *
     * @param sources of its own, so that their circuits are
     * @param sink is told what is found
     */
    Optional<AutoCloseable> start(
            CacheEngine engine,
            Namespaces namespaces,
            Sources sources,
            InboxSearch inbox,
            String worker,
            ConsistencyReports.Sink sink) {
        if (!settings.isOn()) {
            return Optional.empty();
        }
        var nodes = new RestNodes(settings.nodes(), settings.token());
        var trail =
                new EngineTrail(
                        engine.watermarks(), database, namespaces, engine::explain, inbox, clock);
        var verifier =
                new Verifier(
                        settings.plan(),
                        namespaces,
                        engine.inventory(),
                        new SourceTruth(namespaces, sources),
                        nodes,
                        trail,
                        new VerifierMetrics(meters, consistency),
                        clock);
        engine.follow(verifier.follower());
        verifier.start();
        var reports = new ConsistencyReports(worker, consistency, sink, clock);
        var telling = Rounds.start("consistency", TELLING, reports::tell);
        log.atInfo()
                .addKeyValue("nodes", settings.nodes())
                .addKeyValue("rate", settings.rate())
                .log("answers are verified");
        return Optional.of(() -> {
            telling.close();
            verifier.close();
            nodes.close();
        });
    }
}
