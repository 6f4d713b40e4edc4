package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.engine.WarmOutcome;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How far one job is: counts outcomes, and tells a sink when asked. Thread-safe. */
final class Progress {

    private final WarmJob job;
    private final ProgressSink sink;
    private final InstantSource clock;

    private long total;
    private long heldOut;
    private long loaded;
    private long present;
    private long absent;
    private long failed;
    private boolean ended;

    Progress(WarmJob job, ProgressSink sink, InstantSource clock) {
        this.job = job;
        this.sink = sink;
        this.clock = clock;
    }

    synchronized void selected(Selected selected) {
        total = selected.keys().size();
        heldOut = selected.heldOut();
    }

    synchronized void add(WarmOutcome outcome) {
        switch (outcome) {
            case LOADED -> loaded++;
            case PRESENT -> present++;
            case ABSENT -> absent++;
            case FAILED -> failed++;
        }
    }

    /** Whether the load of an entry failed. */
    synchronized boolean hasFailures() {
        return failed > 0;
    }

    /** Tells that it is running; once it has ended, says nothing. */
    synchronized void running() {
        if (!ended) {
            var _ = tell(0, State.RUNNING);
        }
    }

    /** Tells that its parts are running, which tell the rest. */
    synchronized CompletionStage<@Nullable Void> divided(int parts) {
        ended = true;
        return tell(parts, State.RUNNING);
    }

    /** Tells that it has ended: nothing is told after it. */
    synchronized CompletionStage<@Nullable Void> end(State state) {
        ended = true;
        return tell(0, state);
    }

    private CompletionStage<@Nullable Void> tell(int parts, State state) {
        var tally = new Tally(total, loaded, present, absent, failed, heldOut);
        return sink.publish(WarmProgress.divided(job, parts, state, tally, clock.instant()));
    }
}
