package io.freshet.engine.lock;

import java.util.concurrent.CompletionStage;

/**
 * Numbers that only grow: one that is drawn after another was answered is greater. Thread-safe;
 * never blocks its caller.
 */
@FunctionalInterface
public interface FencingTokens {

    /**
     * Draws one.
     *
     * @return fails with {@link io.freshet.engine.store.StoreUnavailableException} when there is
     *     none to be had
     */
    CompletionStage<Long> next();
}
