package io.freshet.api.subscribe;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.LogPiece;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * One who is told of invalidations as they come in force, through a bounded queue: when it is full
 * the subscriber is ended, and may come back for the rest. Offered to by one thread at a time.
 */
final class Subscriber {

    /** Why no more comes. */
    enum End {
        /** The caller did not read as fast as it was told. */
        TOO_SLOW,
        /** The node is stopping. */
        STOPPING
    }

    private final Set<Namespace> namespaces;
    private final Sinks.Many<LogPiece> queue;
    private volatile @Nullable End end;

    /**
     * @param namespaces those that it wants to hear of; none for all
     */
    Subscriber(Set<Namespace> namespaces, int capacity) {
        this.namespaces = Set.copyOf(namespaces);
        this.queue =
                Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(capacity));
    }

    /** Whether it wants to hear of a piece. */
    boolean wants(LogPiece piece) {
        return switch (piece) {
            case LogPiece.Told(_, var place, var record) ->
                    record.countsIn(place.partition()) && wants(record.event());
            case LogPiece.Lost _, LogPiece.Reached _ -> true;
        };
    }

    private boolean wants(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation -> wants(invalidation.target().namespace());
            case Event.Replaced replaced -> wants(replaced.namespace());
            case Event.Heartbeat _ -> false;
        };
    }

    private boolean wants(Namespace namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    /** Takes what it wants to hear of; ends when there is no room. */
    void offer(LogPiece piece) {
        if (end == null && queue.tryEmitNext(piece).isFailure()) {
            finish(End.TOO_SLOW);
        }
    }

    /** Ends it, behind what it was told. */
    void finish(End why) {
        if (end == null) {
            end = why;
            queue.tryEmitComplete();
        }
    }

    boolean isOver() {
        return end != null;
    }

    /** Why it ended; null when it has not. */
    @Nullable End end() {
        return end;
    }

    /** What it was told, once. */
    Flux<LogPiece> told() {
        return queue.asFlux();
    }
}
