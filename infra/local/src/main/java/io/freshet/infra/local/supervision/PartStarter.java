package io.freshet.infra.local.supervision;

/** Starts one part; called again, by the same thread, each time that the part is to run anew. */
@FunctionalInterface
public interface PartStarter {
    /**
     * Starts the process and returns without waiting for more than the server itself makes one wait
     * for.
     *
     * @throws PartStartException with a message for the user
     * @throws InterruptedException when the instance is being stopped; nothing is left running
     */
    RunningPart start() throws PartStartException, InterruptedException;
}
