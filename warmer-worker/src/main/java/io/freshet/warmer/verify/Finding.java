package io.freshet.warmer.verify;

/** What one check of one node found. */
public enum Finding {
    /** The answer is what the source says. */
    CONSISTENT,
    /** It is not, but the namespace allows that for longer than it has been so. */
    LAGGING,
    /** It is not, and should be. */
    VIOLATION,
    /** The node has nothing cached. */
    ABSENT,
    /** The node says itself that its answer is outdated. */
    MARKED,
    /** The source changed meanwhile. */
    UNDECIDED,
    /** The node, or the source, did not answer. */
    FAILED;

    /** Whether it says anything of consistency. */
    boolean isJudged() {
        return this == CONSISTENT || this == LAGGING || this == VIOLATION;
    }
}
