package io.freshet.api.subscribe;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.LogFollower;
import io.freshet.engine.log.LogPiece;
import io.freshet.engine.log.LogPositions;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Hands what the node has put in force to its subscribers, in its order. Thread-safe; nothing
 * blocks.
 */
public final class Feed implements LogFollower {

    /**
     * A subscription.
     *
     * @param from what the subscriber is told comes after this
     */
    record Begun(Subscriber subscriber, LogPositions from) {}

    private final int capacity;
    private final int queue;
    private final Set<Subscriber> subscribers = new HashSet<>();
    private LogPositions positions;
    private boolean stopping;

    /**
     * @param epoch of the log
     * @param partitions of the log
     * @param capacity subscribers at the most
     * @param queue events that wait for one of them, at the most
     */
    public Feed(int epoch, int partitions, int capacity, int queue) {
        this.capacity = capacity;
        this.queue = queue;
        this.positions = new LogPositions(epoch, Collections.nCopies(partitions, 0L));
    }

    @Override
    public synchronized void reached(int partition, Stamp position) {
        if (position.epoch() == positions.epoch()
                && position.position() > positions.of(partition)) {
            positions = positions.with(partition, position.position());
        }
    }

    @Override
    public synchronized void inForce(int partition, Stamp position, LogRecord record) {
        reached(partition, position);
        tell(new LogPiece.Told(positions, new LogPosition(partition, position), record));
    }

    @Override
    public synchronized void lost(int partition, Stamp position) {
        reached(partition, position);
        tell(new LogPiece.Lost(positions, partition));
    }

    /** Tells every subscriber how far the log is consumed, so that quiet ones know it too. */
    public synchronized void tick() {
        tell(new LogPiece.Reached(positions));
    }

    private void tell(LogPiece piece) {
        subscribers.forEach(subscriber -> {
            if (subscriber.wants(piece)) {
                subscriber.offer(piece);
            }
        });
        subscribers.removeIf(Subscriber::isOver);
    }

    /**
     * Begins a subscription.
     *
     * @throws ProblemException when there are too many, or the node is stopping
     */
    synchronized Begun subscribe(Set<Namespace> namespaces) {
        if (stopping) {
            throw new ProblemException(ProblemCode.NOT_READY, "the node is stopping");
        }
        if (subscribers.size() >= capacity) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_SUBSCRIBERS,
                    "this node has its %d subscribers (freshet.subscribers.max): ask another"
                            .formatted(capacity));
        }
        var subscriber = new Subscriber(namespaces, queue);
        subscribers.add(subscriber);
        return new Begun(subscriber, positions);
    }

    /** Forgets a subscriber that has gone. */
    synchronized void leave(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    public synchronized int size() {
        return subscribers.size();
    }

    /** Ends all subscriptions; there are no new ones. */
    public synchronized void stop() {
        stopping = true;
        subscribers.forEach(subscriber -> subscriber.finish(Subscriber.End.STOPPING));
        subscribers.clear();
    }
}
