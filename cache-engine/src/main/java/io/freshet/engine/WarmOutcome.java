package io.freshet.engine;

/** What became of one key that was to be warmed. */
public enum WarmOutcome {
    /** It was loaded and is cached now. */
    LOADED,
    /** A fresh entry was there. */
    PRESENT,
    /** The source has no such key. */
    ABSENT,
    /** It could not be loaded or not be cached. */
    FAILED
}
