package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;

/** Waits until a started process serves. */
final class Readiness {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Readiness() {}

    /** A question to a starting server. */
    @FunctionalInterface
    interface Probe {
        boolean serves() throws IOException;
    }

    /**
     * Asks until the probe says yes.
     *
     * @throws ServerStartException with what the server printed, if the process ends or the time is
     *     up; the process is dead then
     */
    static void await(String server, ServerProcess process, Duration timeout, Probe probe) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!probe.serves()) {
                if (!process.isAlive()) {
                    throw failed(server, process, "ended while it started");
                }
                if (System.nanoTime() - deadline > 0) {
                    process.kill();
                    throw failed(server, process, "did not serve within " + timeout);
                }
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new ServerStartException(server + " could not be asked whether it serves", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while " + server + " started", e);
        }
    }

    private static ServerStartException failed(String server, ServerProcess process, String what) {
        return new ServerStartException(
                server
                        + " "
                        + what
                        + ". Its log, "
                        + process.log()
                        + ", ends:\n"
                        + process.logTail());
    }
}
