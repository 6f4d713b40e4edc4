package io.freshet.engine.source;

/**
 * Where a write stands in the log of writes. A source takes a write only when it has taken none of
 * the same key from behind it: so what is delivered twice, or by one who was replaced, changes
 * nothing.
 *
 * @param log names one partition of one topic, and another after the topic was made anew
 */
public record WriteFence(String log, long offset) {}
