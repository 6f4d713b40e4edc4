package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * Waiting until a started server answers.
 *
 * @param server its name, for messages
 * @param timeout after which the start counts as failed
 * @param advice what to do when it does not start, for messages
 */
record Readiness(String server, Duration timeout, String advice) {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** A question to a starting server. */
    @FunctionalInterface
    interface Probe {
        boolean answers() throws IOException;
    }

    /**
     * Asks until the probe says yes.
     *
     * @throws ServerStartException if the process ends or the time is up; the process is dead then
     */
    void await(ServerProcess process, Probe probe) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!probe.answers()) {
                if (!process.isAlive()) {
                    throw failed(process, "ended while it started");
                }
                if (System.nanoTime() - deadline > 0) {
                    process.kill();
                    throw failed(process, "did not answer within " + timeout);
                }
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new ServerStartException(server + " could not be asked whether it is ready", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while " + server + " started", e);
        }
    }

    private ServerStartException failed(ServerProcess process, String what) {
        return new ServerStartException(
                server + " " + what + ". " + advice + "\n" + process.describeLog());
    }
}
