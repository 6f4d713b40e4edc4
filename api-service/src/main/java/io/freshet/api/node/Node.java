package io.freshet.api.node;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.engine.Cache;
import io.freshet.engine.Inventory;
import io.freshet.engine.lock.Locks;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.structure.Structures;

/** Where requests find the engine, once it runs. Thread-safe. */
public final class Node {

    /** What the node is doing. */
    public sealed interface State {

        /**
         * It is not up yet.
         *
         * @param step what it is at, for people
         */
        record Starting(String step) implements State {}

        /** Requests are answered, once it has caught up with the log, as the vitals say. */
        record Running(
                Cache cache,
                Inventory inventory,
                Namespaces namespaces,
                Administration administration,
                Locks locks,
                Structures structures,
                Vitals vitals)
                implements State {}

        /** It cannot come up as it is configured. */
        record Broken(String problem) implements State {}

        /** It has been told to stop. */
        record Stopped() implements State {}
    }

    private volatile State state = new State.Starting("starting");

    public State state() {
        return state;
    }

    public void become(State next) {
        state = next;
    }

    /** Whether it answers reads. */
    public boolean isReady() {
        return state instanceof State.Running running && running.vitals.isReady();
    }

    /**
     * The engine.
     *
     * @throws ProblemException {@code not-ready} while there is none
     */
    public State.Running running() {
        return switch (state) {
            case State.Running running -> running;
            case State.Starting(var step) ->
                    throw new ProblemException(ProblemCode.NOT_READY, "the node is " + step);
            case State.Broken _ ->
                    throw new ProblemException(
                            ProblemCode.NOT_READY,
                            "the node cannot come up as it is configured; its log tells why");
            case State.Stopped() ->
                    throw new ProblemException(ProblemCode.NOT_READY, "the node is stopping");
        };
    }
}
