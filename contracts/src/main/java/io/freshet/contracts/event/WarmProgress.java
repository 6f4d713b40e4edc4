package io.freshet.contracts.event;

import io.freshet.contracts.id.Namespace;
import java.time.Instant;

/**
 * How far a {@link WarmJob} or a part of it is, on the compacted topic {@code
 * freshet.warm-progress}.
 *
 * @param part as in {@link WarmJob}
 * @param parts into how many the job was divided, which tell of themselves; 0 when it was not
 */
public record WarmProgress(
        String id,
        int part,
        int parts,
        Namespace namespace,
        String requestedBy,
        State state,
        Tally tally,
        Instant at) {

    /** Of a job that is not divided, or of a part. */
    public static WarmProgress of(WarmJob job, State state, Tally tally, Instant at) {
        return divided(job, 0, state, tally, at);
    }

    /** Of a job that is divided into parts. */
    public static WarmProgress divided(
            WarmJob job, int parts, State state, Tally tally, Instant at) {
        return new WarmProgress(
                job.id(), job.part(), parts, job.namespace(), job.requestedBy(), state, tally, at);
    }

    /** What compaction keeps the last one of. */
    public String recordKey() {
        return part == 0 ? id : id + "/" + part;
    }

    /**
     * What became of the entries.
     *
     * @param total entries selected; those held out are not among them
     * @param loaded entries now cached by this job
     * @param present entries that were fresh already
     * @param absent keys that the source does not have
     * @param failed entries whose load failed
     * @param heldOut entries that are not warmed, so that the worth of warming can be measured
     */
    public record Tally(
            long total, long loaded, long present, long absent, long failed, long heldOut) {

        public static final Tally NONE = of(0);

        /** Nothing has become of any yet. */
        public static Tally of(long total) {
            return new Tally(total, 0, 0, 0, 0, 0);
        }

        /** What became of the entries of both; those of the other are part of this total. */
        public Tally and(Tally part) {
            return new Tally(
                    total,
                    loaded + part.loaded,
                    present + part.present,
                    absent + part.absent,
                    failed + part.failed,
                    heldOut + part.heldOut);
        }
    }

    /** Stages of a job. */
    public enum State {
        QUEUED,
        RUNNING,
        /** Every entry is cached, was, or is not in the source. */
        DONE,
        /** The loads of some entries failed; the tally says how many. */
        INCOMPLETE,
        CANCELLED,
        /** It could not be carried out. */
        FAILED;

        /** Whether nothing follows. */
        public boolean isEnd() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case DONE, INCOMPLETE, CANCELLED, FAILED -> true;
            };
        }
    }
}
