package io.freshet.api.replay;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.Inbox;
import io.freshet.engine.log.LogHistory;
import io.freshet.engine.log.LogPiece;
import io.freshet.engine.log.LogPositions;
import io.freshet.engine.log.LogStretch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay, on a thread of its own: reads the log from a place to where it ended when the job
 * began, and publishes what it says. A job that fails may be begun anew from where it was.
 */
final class ReplayJob implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ReplayJob.class);

    /**
     * Invalidations that are published together, and targets remembered so as not to repeat them.
     */
    private static final int BATCH = 2_000;

    private final Inbox inbox;
    private final LogStretch stretch;
    private final Replayed replayed;
    private volatile ReplayProgress progress;
    private volatile boolean cancelled;

    ReplayJob(
            String id,
            String node,
            @Nullable Namespace namespace,
            String by,
            LogPositions from,
            LogPositions to,
            LogHistory history,
            Inbox inbox) {
        this.inbox = inbox;
        this.stretch = history.between(from, to);
        this.replayed = new Replayed(namespace, by);
        this.progress =
                new ReplayProgress(
                        id,
                        node,
                        ReplayProgress.State.RUNNING,
                        namespace,
                        from,
                        distance(from, to),
                        0,
                        0,
                        false,
                        null);
    }

    private static long distance(LogPositions from, LogPositions to) {
        long distance = 0;
        for (int p = 0; p < to.positions().size(); p++) {
            distance += Math.max(0, to.of(p) - from.of(p));
        }
        return distance;
    }

    ReplayProgress progress() {
        return progress;
    }

    /** Ends it soon. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void run() {
        try (stretch) {
            while (!cancelled && stretch.hasNext()) {
                take(stretch.next());
            }
            if (cancelled) {
                end(ReplayProgress.State.CANCELLED, null);
            } else {
                publish();
                end(ReplayProgress.State.DONE, null);
            }
        } catch (KafkaException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.atWarn()
                    .addKeyValue("job", progress.id())
                    .addKeyValue("problem", cause.getMessage())
                    .log("A replay failed");
            end(ReplayProgress.State.FAILED, String.valueOf(cause.getMessage()));
        }
    }

    private void take(LogPiece piece) {
        boolean lost = progress.lost();
        switch (piece) {
            case LogPiece.Told(_, var place, var record) -> {
                replayed.add(place, record);
                if (replayed.size() >= BATCH) {
                    publish();
                }
            }
            case LogPiece.Lost _ -> lost = true;
            case LogPiece.Reached _ -> {}
        }
        ReplayProgress now = progress;
        progress =
                with(
                        now.state(),
                        distance(now.from(), piece.after()),
                        now.published(),
                        lost,
                        now.problem());
    }

    private void publish() {
        List<Event.Invalidation> events = replayed.take();
        CompletableFuture.allOf(
                        events.stream()
                                .map(event -> inbox.publish(event).toCompletableFuture())
                                .toArray(CompletableFuture[]::new))
                .join();
        ReplayProgress now = progress;
        progress =
                with(
                        now.state(),
                        now.read(),
                        now.published() + events.size(),
                        now.lost(),
                        now.problem());
    }

    private void end(ReplayProgress.State state, @Nullable String problem) {
        ReplayProgress now = progress;
        progress = with(state, now.read(), now.published(), now.lost(), problem);
    }

    private ReplayProgress with(
            ReplayProgress.State state,
            long read,
            long published,
            boolean lost,
            @Nullable String problem) {
        ReplayProgress now = progress;
        return new ReplayProgress(
                now.id(),
                now.node(),
                state,
                now.namespace(),
                now.from(),
                now.total(),
                read,
                published,
                lost,
                problem);
    }
}
