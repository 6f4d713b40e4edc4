package io.freshet.api.subscribe;

import io.freshet.engine.log.LogHistory;
import io.freshet.engine.log.LogPositions;
import io.freshet.engine.log.LogStretch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * What a subscriber gets: what it has missed, out of the log; then what comes; then why it ended.
 *
 * <p>A place that the log has no more, or that is of another log, is answered with {@code reset}.
 */
final class Subscriptions {

    private static final String ANOTHER_LOG = "the id is of another log";
    private static final String RETENTION = "the log no longer has what came after the id";
    private static final String DAMAGED = "a part of the log cannot be read";

    private final Feed feed;
    private final LogHistory history;
    private final Scheduler readers;

    /**
     * @param readers threads that read what was missed
     */
    Subscriptions(Feed feed, LogHistory history, Scheduler readers) {
        this.feed = feed;
        this.history = history;
        this.readers = readers;
    }

    /**
     * The events of a subscription.
     *
     * @param since where the caller stopped; null when it is new
     */
    Flux<ServerSentEvent<String>> events(Feed.Begun begun, @Nullable LogPositions since) {
        Subscriber subscriber = begun.subscriber();
        return Flux.concat(
                        greeting(begun.from(), since),
                        missed(subscriber, since, begun.from()),
                        subscriber.told().map(piece -> EventText.of(piece, DAMAGED)),
                        Flux.defer(() -> Flux.just(EventText.closed(subscriber.end()))))
                .doFinally(_ -> feed.leave(subscriber));
    }

    private static Flux<ServerSentEvent<String>> greeting(
            LogPositions now, @Nullable LogPositions since) {
        return since == null
                ? Flux.just(EventText.reached(now))
                : since.isComparableWith(now)
                        ? Flux.empty()
                        : Flux.just(EventText.reset(now, ANOTHER_LOG));
    }

    /** This node may be behind the one that told the caller: then nothing is missed. */
    private Flux<ServerSentEvent<String>> missed(
            Subscriber subscriber, @Nullable LogPositions since, LogPositions now) {
        if (since == null || !since.isComparableWith(now) || now.isWithin(since)) {
            return Flux.empty();
        }
        return Flux.using(
                        () -> history.between(since, now),
                        stretch -> Flux.fromIterable(() -> stretch),
                        LogStretch::close)
                .filter(subscriber::wants)
                .map(piece -> EventText.of(piece, RETENTION))
                .subscribeOn(readers);
    }
}
