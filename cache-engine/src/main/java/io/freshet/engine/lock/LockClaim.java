package io.freshet.engine.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What became of a claim to a lock. */
public sealed interface LockClaim {

    /** Nobody else can have it for now: draw a token, and have it granted. */
    record Taken() implements LockClaim {}

    /**
     * Another has it.
     *
     * @param left after which it is free, if nothing is heard of the other
     * @param freed done when the other gives it up; cancel it when nobody waits for that any more
     */
    record Held(Duration left, CompletableFuture<Void> freed) implements LockClaim {}
}
