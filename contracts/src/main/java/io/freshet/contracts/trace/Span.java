package io.freshet.contracts.trace;

import org.jspecify.annotations.Nullable;

/**
 * A stage of one change that is told of, or nothing. Attributes are positions, names and numbers:
 * never the key or the value of an entry.
 */
public interface Span {

    /** One that tells nothing. */
    static Span none() {
        return NoSpan.INSTANCE;
    }

    /** What the stages after it continue; null when it tells nothing. */
    @Nullable TraceContext context();

    /** Adds an attribute. */
    Span with(String attribute, String value);

    /** Adds an attribute. */
    Span with(String attribute, long value);

    /** Calls it something else than its stage. */
    Span named(String name);

    /**
     * Says that the stage failed.
     *
     * @param why a code, not a message
     */
    Span failed(String why);

    /** Ends it now; once. */
    void end();
}
