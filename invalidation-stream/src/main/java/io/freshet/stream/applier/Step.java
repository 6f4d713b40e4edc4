package io.freshet.stream.applier;

/** Where the applier wants to read next. */
public sealed interface Step {

    /** On from where it is. */
    record Continue() implements Step {}

    /** Again from an earlier offset. */
    record Rewind(long offset) implements Step {}
}
