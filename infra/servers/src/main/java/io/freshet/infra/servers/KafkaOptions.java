package io.freshet.infra.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How to start a Kafka.
 *
 * @param directory holds its data, created when absent
 * @param port of the brokers' listener on 127.0.0.1; 0 picks a free one
 * @param controllerPort of the controller's listener; 0 picks a free one
 * @param ownProcess a child JVM instead of this one, so that it can be killed and paused
 * @param settings broker properties that override the defaults here
 * @param startTimeout after which a start counts as failed
 */
public record KafkaOptions(
        Path directory,
        int port,
        int controllerPort,
        boolean ownProcess,
        Map<String, String> settings,
        Duration startTimeout) {

    public KafkaOptions {
        directory = directory.toAbsolutePath().normalize();
        Ports.requireValid(port);
        Ports.requireValid(controllerPort);
        settings = Map.copyOf(settings);
    }

    /** The defaults: free ports, in this JVM. */
    public static KafkaOptions in(Path directory) {
        return new KafkaOptions(directory, 0, 0, false, Map.of(), Duration.ofSeconds(60));
    }

    public KafkaOptions port(int port) {
        return new KafkaOptions(
                directory, port, controllerPort, ownProcess, settings, startTimeout);
    }

    public KafkaOptions controllerPort(int controllerPort) {
        return new KafkaOptions(
                directory, port, controllerPort, ownProcess, settings, startTimeout);
    }

    public KafkaOptions ownProcess(boolean ownProcess) {
        return new KafkaOptions(
                directory, port, controllerPort, ownProcess, settings, startTimeout);
    }

    public KafkaOptions settings(Map<String, String> settings) {
        return new KafkaOptions(
                directory, port, controllerPort, ownProcess, settings, startTimeout);
    }

    public KafkaOptions startTimeout(Duration startTimeout) {
        return new KafkaOptions(
                directory, port, controllerPort, ownProcess, settings, startTimeout);
    }
}
