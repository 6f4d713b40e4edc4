package io.freshet.api.warm;

import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was told of a job: of itself, and of its parts when it is divided.
 *
 * @param job of which the parts are parts; a stand-in while only parts were heard of
 */
record JobStatus(WarmProgress job, Map<Integer, WarmProgress> parts) {

    JobStatus {
        parts = Map.copyOf(parts);
    }

    static JobStatus of(WarmProgress first) {
        return first.part() == 0
                ? new JobStatus(first, Map.of())
                : new JobStatus(unheardOf(first), Map.of(first.part(), first));
    }

    JobStatus and(WarmProgress told) {
        if (told.part() == 0) {
            // It may be told as queued by one and taken by another, in any order.
            return told.state() == State.QUEUED && job.state() != State.QUEUED
                    ? this
                    : new JobStatus(told, parts);
        }
        var more = new HashMap<>(parts);
        more.put(told.part(), told);
        return new JobStatus(job, more);
    }

    /** The job as a whole: what became of all entries, and done when every part is. */
    WarmProgress whole() {
        if (job.parts() == 0) {
            return job;
        }
        Tally tally = job.tally();
        Instant at = job.at();
        for (WarmProgress part : parts.values()) {
            tally = tally.and(part.tally());
            at = part.at().isAfter(at) ? part.at() : at;
        }
        return new WarmProgress(
                job.id(), 0, job.parts(), job.namespace(), job.requestedBy(), state(), tally, at);
    }

    private State state() {
        boolean isOver =
                parts.size() >= job.parts()
                        && parts.values().stream().allMatch(part -> part.state().isEnd());
        if (!isOver) {
            return job.state();
        }
        return Stream.of(State.FAILED, State.CANCELLED, State.INCOMPLETE)
                .filter(this::has)
                .findFirst()
                .orElse(State.DONE);
    }

    private boolean has(State state) {
        return parts.values().stream().anyMatch(part -> part.state() == state);
    }

    private static WarmProgress unheardOf(WarmProgress part) {
        return new WarmProgress(
                part.id(),
                0,
                0,
                part.namespace(),
                part.requestedBy(),
                State.RUNNING,
                Tally.NONE,
                part.at());
    }
}
