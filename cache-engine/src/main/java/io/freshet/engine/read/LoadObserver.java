package io.freshet.engine.read;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;

/**
 * Is told what happens to reads and loads, for metrics. Called from any thread; must not block or
 * throw.
 */
public interface LoadObserver {

    /** The source answered. */
    void loaded(Namespace namespace, Duration took);

    /** An invalidation overtook the load, so that it is done again or not cached. */
    void overtaken(Namespace namespace);

    /** The store refused the fill because an eviction had begun. */
    void refused(Namespace namespace);

    /** The value was answered but not cached. */
    void uncached(Namespace namespace, Uncached reason);

    /** A load was not needed: another node had done it. */
    void shared(Namespace namespace);

    /** Another node held the lease for as long as it is honoured: the load was done without it. */
    void outwaited(Namespace namespace);

    /** A read found the consistency window of its namespace exceeded. */
    void outsideWindow(Namespace namespace);

    /** Why a value was not cached. */
    enum Uncached {
        /** Invalidations kept overtaking it. */
        OVERTAKEN,
        /** Its registration was not acknowledged. */
        UNREGISTERED,
        /** The store refused it again and again. */
        REFUSED,
        /** Its bucket has no marker yet. */
        UNINITIALISED,
        /** There is no room in its namespace, or in the store. */
        FULL,
        /** The store did not answer. */
        STORE_UNAVAILABLE
    }

    /** Told nothing. */
    LoadObserver NONE =
            new LoadObserver() {
                @Override
                public void loaded(Namespace namespace, Duration took) {}

                @Override
                public void overtaken(Namespace namespace) {}

                @Override
                public void refused(Namespace namespace) {}

                @Override
                public void uncached(Namespace namespace, Uncached reason) {}

                @Override
                public void shared(Namespace namespace) {}

                @Override
                public void outwaited(Namespace namespace) {}

                @Override
                public void outsideWindow(Namespace namespace) {}
            };
}
