package io.freshet.engine.store;

/** What became of a {@link BucketBatch}. */
public sealed interface ApplyOutcome {

    /** Everything in it took effect, and the marker has moved. */
    record Applied(int removed, int marked) implements ApplyOutcome {}

    /**
     * Nothing took effect: the bucket has not seen what stands before the batch. Go back to {@code
     * nextOffset}.
     */
    record Behind(long nextOffset) implements ApplyOutcome {}

    /** Nothing took effect: the bucket has no marker. Initialise it, then apply again. */
    record Uninitialised() implements ApplyOutcome {}
}
