package io.freshet.engine.store;

/** What became of a {@link BucketBatch}. */
public sealed interface ApplyOutcome {

    /**
     * Everything in it took effect, and the marker has moved.
     *
     * @param written replacements that were written
     */
    record Applied(int removed, int marked, int written) implements ApplyOutcome {

        /** Without replacements. */
        public Applied(int removed, int marked) {
            this(removed, marked, 0);
        }
    }

    /**
     * Nothing took effect: the bucket has not seen what stands before the batch. Go back to {@code
     * nextOffset}.
     */
    record Behind(long nextOffset) implements ApplyOutcome {}

    /**
     * The bucket has no marker, and so none has moved; what it holds nevertheless was evicted as
     * the batch says. Initialise it.
     */
    record Uninitialised() implements ApplyOutcome {}
}
