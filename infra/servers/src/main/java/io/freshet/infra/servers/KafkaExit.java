package io.freshet.infra.servers;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a Kafka meets a fatal error, such as a directory that was deleted under it.
 *
 * <p>Kafka ends its JVM then. That is right for a JVM of its own; inside another program it would
 * take the program along, and a test run would end without a word.
 */
final class KafkaExit {
    private static final Logger log = LoggerFactory.getLogger(KafkaExit.class);

    private KafkaExit() {}

    /** From now on a fatal error stops the Kafka threads that meet it, and not this JVM. */
    static void sparesThisJvm() {
        Exit.setHaltProcedure(KafkaExit::refuse);
        Exit.setExitProcedure(KafkaExit::refuse);
    }

    private static void refuse(int status, String message) {
        log.atError()
                .addKeyValue("status", status)
                .addKeyValue("reason", message)
                .log("Kafka met a fatal error and wanted to end this JVM");
        throw new IllegalStateException("Kafka met a fatal error: " + message);
    }
}
