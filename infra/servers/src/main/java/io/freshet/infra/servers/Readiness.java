package io.freshet.infra.servers;

import io.freshet.infra.servers.container.ServerContainer;
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

    /** A server that was started and may not answer yet. */
    interface Starting {
        boolean isAlive();

        void kill() throws IOException;

        String describeLog();

        static Starting of(ServerProcess process) {
            return new Starting() {
                @Override
                public boolean isAlive() {
                    return process.isAlive();
                }

                @Override
                public void kill() throws IOException {
                    process.kill();
                }

                @Override
                public String describeLog() {
                    return process.describeLog();
                }
            };
        }

        static Starting of(ServerContainer container) {
            return new Starting() {
                @Override
                public boolean isAlive() {
                    return container.isAlive();
                }

                @Override
                public void kill() {
                    container.kill();
                }

                @Override
                public String describeLog() {
                    return container.describeLog();
                }
            };
        }
    }

    /** A question to a starting server. */
    @FunctionalInterface
    interface Probe {
        boolean answers() throws IOException;
    }

    /**
     * Asks until the probe says yes.
     *
     * @throws ServerStartException if the server ends or the time is up; it is dead then
     */
    void await(Starting starting, Probe probe) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!probe.answers()) {
                if (!starting.isAlive()) {
                    throw failed(starting, "ended while it started");
                }
                if (System.nanoTime() - deadline > 0) {
                    starting.kill();
                    throw failed(starting, "did not answer within " + timeout);
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

    private ServerStartException failed(Starting starting, String what) {
        return new ServerStartException(
                server + " " + what + ". " + advice + "\n" + starting.describeLog());
    }
}
