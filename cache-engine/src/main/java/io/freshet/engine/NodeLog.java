package io.freshet.engine;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.LogFollower;
import io.freshet.engine.log.LogListener;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.log.Watermarks;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in force what the tail brings: first in what a load must have seen, then in the view, which
 * judges, then in what says that it is in force: watermarks and the progress that tokens are waited
 * for with.
 */
final class NodeLog implements LogListener {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLog.class);

    private final LogView view;
    private final Watermarks watermarks;
    private final InboxProgress progress;
    private final SeenCommits commits;
    private final Losses losses;
    private final List<Consumer<Event.Invalidation>> listeners = new CopyOnWriteArrayList<>();
    private final List<LogFollower> followers = new CopyOnWriteArrayList<>();

    /** Is told of records of the log that this node cannot know. */
    @FunctionalInterface
    interface Losses {

        void lost(Loss loss);
    }

    /** Why it cannot. */
    enum Loss {
        /** They were removed before they were read. */
        RETENTION,
        /** They cannot be read. */
        UNREADABLE
    }

    NodeLog(
            LogView view,
            Watermarks watermarks,
            InboxProgress progress,
            SeenCommits commits,
            Losses losses) {
        this.view = view;
        this.watermarks = watermarks;
        this.progress = progress;
        this.commits = commits;
        this.losses = losses;
    }

    @Override
    public void restore(int partition, ScopeRecord record) {
        switch (record) {
            case ScopeRecord.Position position -> view.restore(partition, position);
            case ScopeRecord.Progress _ -> {}
        }
    }

    @Override
    public void begin(int partition, Stamp floor, Stamp readyAt) {
        commits.unknown(partition, floor);
        view.begin(partition, floor, readyAt);
        followers.forEach(follower -> follower.reached(partition, floor));
    }

    @Override
    public void consume(int partition, Stamp position, LogRecord record) {
        commits.seen(partition, position, record.event());
        view.consume(partition, position, record.event());
        if (record.event() instanceof Event.Heartbeat heartbeat) {
            watermarks.heartbeat(partition, record.via().partition(), heartbeat);
        }
        progress.seen(partition, record.via());
        if (record.event() instanceof Event.Invalidation invalidation) {
            listeners.forEach(listener -> listener.accept(invalidation));
        }
        followers.forEach(follower -> follower.inForce(partition, position, record));
    }

    /** Tells of everything that is in force from now on, and how far the log is consumed. */
    void follow(LogFollower follower, int partitions) {
        followers.add(follower);
        for (int p = 0; p < partitions; p++) {
            follower.reached(p, view.position(p));
        }
    }

    /** Tells of each invalidation when it is in force, in the thread that reads the log. */
    void onInvalidation(Consumer<Event.Invalidation> listener) {
        listeners.add(listener);
    }

    @Override
    public void unreadable(int partition, Stamp position) {
        LOG.atError()
                .addKeyValue("partition", partition)
                .addKeyValue("position", position)
                .log("a log record cannot be read: nothing older than it is trusted any more");
        commits.unknown(partition, position);
        view.lose(partition, position);
        losses.lost(Loss.UNREADABLE);
        followers.forEach(follower -> follower.lost(partition, position));
    }

    @Override
    public void gap(int partition, Stamp begin) {
        LOG.atError()
                .addKeyValue("partition", partition)
                .addKeyValue("position", begin)
                .log(
                        "a stretch of the log is lost: nothing older than its end is trusted any more");
        commits.unknown(partition, begin);
        view.lose(partition, begin);
        losses.lost(Loss.RETENTION);
        followers.forEach(follower -> follower.lost(partition, begin));
    }
}
