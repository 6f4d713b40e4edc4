package io.freshet.stream.kafka;

/** Is told of input that was removed before it was read. Called on the threads of streams. */
public interface InputLosses {

    /** The topics that a loss may befall. */
    enum Input {
        /** {@code freshet.invalidations}. */
        INBOX,
        /** {@code freshet.log}. */
        LOG,
        /** {@code freshet.entries}. */
        ENTRIES
    }

    /**
     * Records are gone.
     *
     * @param from offset of the first of them
     * @param to offset after the last of them
     */
    void lost(Input input, int partition, long from, long to);
}
