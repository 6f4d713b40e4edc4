package io.freshet.engine;

/** What became of a value that a caller brought. */
public sealed interface PutResult {

    /** It is stored. */
    record Stored(boolean created) implements PutResult {}

    /** The namespace has a source, so the value must come with the token of the miss before it. */
    record TokenRequired() implements PutResult {}

    /** The key was invalidated since the token was handed out: load again. */
    record Invalidated() implements PutResult {}

    /** Nothing was stored; trying again may help. */
    record Unavailable(Lookup.Reason reason) implements PutResult {}
}
