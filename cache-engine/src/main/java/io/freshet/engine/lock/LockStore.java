package io.freshet.engine.lock;

import io.freshet.engine.lease.Holder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where all nodes keep their callers' locks. Every method is one atomic step, does not block, and
 * fails with {@link io.freshet.engine.store.StoreUnavailableException} when the store cannot be
 * reached. Thread-safe.
 */
public interface LockStore {

    /** Claims a lock for as long as it may take to draw a token. */
    CompletionStage<LockClaim> claim(LockName name, Holder holder, Duration length);

    /**
     * Grants a claimed lock.
     *
     * @return whether the claim still stood, without a break since it was made
     */
    CompletionStage<Boolean> grant(LockName name, Holder holder, long token, Duration ttl);

    /** Takes a claim back that is not granted. */
    CompletionStage<Boolean> withdraw(LockName name, Holder holder);

    /** Begins its time anew; false when whoever has the token does not hold it any more. */
    CompletionStage<Boolean> renew(LockName name, long token, Duration ttl);

    /** Frees it; false when whoever has the token does not hold it any more. */
    CompletionStage<Boolean> release(LockName name, long token);

    /** Empty when nobody holds it. */
    CompletionStage<Optional<LockState>> state(LockName name);
}
