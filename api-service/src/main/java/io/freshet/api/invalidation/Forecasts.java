package io.freshet.api.invalidation;

import io.freshet.api.http.Outcome;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Inventory;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds out what an invalidation would do, from the namespace's own index in Redis. Bounded in
 * time: what was not reached by then is concluded from what was.
 */
final class Forecasts {

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int PAGE = 500;
    private static final int AT_ONCE = 64;

    private final Inventory inventory;

    Forecasts(Inventory inventory) {
        this.inventory = inventory;
    }

    Mono<Forecast> of(NamespaceConfig namespace, List<Target> targets) {
        var tally = new ForecastTally(targets);
        Mono<Boolean> counted =
                targets.stream().allMatch(Target.OfKey.class::isInstance)
                        ? named(namespace, targets, tally)
                        : scanned(namespace, tally);
        return Outcome.of(inventory.usage(namespace))
                .flatMap(usage -> counted.map(complete -> tally.conclude(complete, usage)));
    }

    private Mono<Boolean> named(
            NamespaceConfig namespace, List<Target> targets, ForecastTally tally) {
        return Flux.fromIterable(targets)
                .ofType(Target.OfKey.class)
                .concatMap(target -> look(namespace, target.key(), tally))
                .then(Mono.just(true));
    }

    private Mono<Boolean> scanned(NamespaceConfig namespace, ForecastTally tally) {
        long until = System.nanoTime() + LONGEST.toNanos();
        return page(namespace, Inventory.Cursor.START)
                .expand(page ->
                        page.next() == null || System.nanoTime() > until
                                ? Mono.empty()
                                : page(namespace, page.next()))
                .concatMap(
                        page ->
                                Flux.fromIterable(page.keys())
                                        .flatMapSequential(
                                                key -> count(namespace, key, tally),
                                                AT_ONCE,
                                                AT_ONCE)
                                        .then(Mono.just(page.next() == null)),
                        1)
                .last();
    }

    private Mono<Inventory.KeyPage> page(NamespaceConfig namespace, Inventory.Cursor from) {
        return Outcome.of(inventory.keys(namespace, null, from, PAGE));
    }

    private Mono<Void> count(NamespaceConfig namespace, EntryKey key, ForecastTally tally) {
        boolean look = tally.goesByTags() || (tally.matches(key) && tally.wantsMore());
        if (look) {
            return look(namespace, key, tally);
        }
        synchronized (tally) {
            tally.count(key);
        }
        return Mono.empty();
    }

    /** Metadata comes on threads of the connections. */
    private Mono<Void> look(NamespaceConfig namespace, EntryKey key, ForecastTally tally) {
        return Outcome.of(inventory.metadata(namespace, key))
                .doOnNext(found -> {
                    synchronized (tally) {
                        found.ifPresent(metadata -> tally.count(key, metadata));
                    }
                })
                .then();
    }
}
