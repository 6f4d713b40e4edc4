package io.freshet.warmer.verify;

/** What a node answers from its cache. */
public sealed interface Answer {

    /**
     * It has the key, or knows that there is nothing.
     *
     * @param nearby whether it comes from the node's memory, not from Redis
     */
    record Held(Content content, boolean nearby) implements Answer {}

    /** It has the key and says itself that it is outdated. */
    record Marked() implements Answer {}

    /** Not from the cache: whoever asked would have been answered from the source. */
    record NotCached() implements Answer {}

    /** It cannot answer now. */
    record Failed() implements Answer {}
}
