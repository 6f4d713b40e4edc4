package io.freshet.api.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a step of the start until it succeeds: once a second, with a warning when the reason
 * changes. Ends with the node.
 */
final class Waiting {

    /** A step that may be tried again. */
    @FunctionalInterface
    interface Step {

        /**
         * Tries once; may block for some seconds.
         *
         * @throws NotYetException when another try may succeed; all else ends the start
         */
        void run() throws NotYetException, InterruptedException;
    }

    /** What a step needs is not there. */
    static final class NotYetException extends Exception {

        private static final long serialVersionUID = 1L;

        NotYetException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Waiting.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CountDownLatch closing;

    Waiting(CountDownLatch closing) {
        this.closing = closing;
    }

    /**
     * Runs the step.
     *
     * @param server what it waits for, with its address, for people
     */
    void until(String server, Step step) throws InterruptedException {
        String told = null;
        while (true) {
            try {
                step.run();
                if (told != null) {
                    log.atInfo().addKeyValue("server", server).log("It answers now");
                }
                return;
            } catch (NotYetException e) {
                String problem = String.valueOf(e.getMessage());
                if (!problem.equals(told)) {
                    log.atWarn()
                            .addKeyValue("server", server)
                            .addKeyValue("problem", problem)
                            .log("Waiting for a server; trying again every second");
                }
                told = problem;
            }
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the node is stopping");
            }
        }
    }
}
