package io.freshet.warmer.verify;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Explanation;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Clue;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of invalidations as the worker's own node sees it. */
public final class EngineTrail implements Trail {

    private static final Logger log = LoggerFactory.getLogger(EngineTrail.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** By how much the database's clock may be ahead of this machine's. */
    private static final Duration CLOCKS = Duration.ofMillis(250);

    private final Watermarks watermarks;
    private final String database;
    private final Namespaces namespaces;
    private final Knowledge knowledge;
    private final InboxSearch inbox;
    private final InstantSource clock;

    /** Reads a stretch of the inbox. */
    @FunctionalInterface
    public interface InboxSearch {

        /** Whether an invalidation of the key was written between the two. */
        boolean has(Spot spot, Instant from, Instant to);
    }

    /** Why a key is answered as it is. */
    @FunctionalInterface
    public interface Knowledge {

        CompletionStage<Explanation> explain(NamespaceConfig namespace, EntryKey key);
    }

    /**
     * @param database by which the windows of namespaces without a database are measured
     */
    public EngineTrail(
            Watermarks watermarks,
            String database,
            Namespaces namespaces,
            Knowledge knowledge,
            InboxSearch inbox,
            InstantSource clock) {
        this.watermarks = watermarks;
        this.database = database;
        this.namespaces = namespaces;
        this.knowledge = knowledge;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public boolean awaitPast(Spot spot, Instant time) throws InterruptedException {
        Instant late = clock.instant().plus(PATIENCE);
        while (clock.instant().isBefore(late)) {
            if (isPast(spot, time.plus(CLOCKS))) {
                return true;
            }
            Thread.sleep(GLANCE);
        }
        return false;
    }

    /** The oldest promise of any partition is younger: so is that of the key's. */
    private boolean isPast(Spot spot, Instant time) {
        String source =
                namespaces
                        .find(spot.namespace())
                        .map(namespace -> namespace.measuredBy(database))
                        .orElse(database);
        Instant now = clock.instant();
        return watermarks.age(source, now).filter(age -> now.minus(age).isAfter(time)).isPresent();
    }

    @Override
    public boolean isInInbox(Spot spot, Instant from, Instant to) {
        return inbox.has(spot, from, to);
    }

    @Override
    public Here here(Spot spot) {
        Optional<NamespaceConfig> namespace = namespaces.find(spot.namespace());
        if (namespace.isEmpty()) {
            return Here.NOTHING;
        }
        try {
            return here(
                    knowledge
                            .explain(namespace.get(), spot.key())
                            .toCompletableFuture()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().addKeyValue("problem", e.getMessage()).log("Redis does not answer");
            return Here.NOTHING;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Here.NOTHING;
        }
    }

    private Here here(Explanation known) {
        Stamp killer =
                known.evidence().clues().stream().map(Clue::hard).reduce(Stamp.ZERO, Stamp::max);
        Explanation.Held stored = known.stored();
        return stored == null
                ? new Here(false, true, killer)
                : new Here(
                        stored.header().kind() == EntryHeader.Kind.ABSENT
                                && stored.verdict() == Verdict.FRESH
                                && clock.instant().isBefore(stored.header().hardExpiry()),
                        stored.header().loadCost().isPositive(),
                        killer);
    }
}
