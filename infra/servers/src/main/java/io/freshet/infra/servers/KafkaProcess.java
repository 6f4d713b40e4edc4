package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kafka as a program of its own.
 *
 * <p>Arguments: {@code --dir}, {@code --port}, {@code --controller-port}, and any number of {@code
 * --set name=value}. It prints {@code ready host:port} when it serves and stops cleanly at SIGTERM.
 */
public final class KafkaProcess extends ProcessServer implements KafkaServer {
    private static final String READY = "ready ";

    private final KafkaOptions options;

    private KafkaProcess(KafkaOptions options, ServerProcess process) {
        super(process);
        this.options = options;
    }

    /** Starts it with this JVM's java and class path and waits until it serves. */
    public static KafkaServer spawn(KafkaOptions wanted) {
        KafkaOptions options = EmbeddedKafka.withPorts(wanted);
        return new KafkaProcess(options, launch(options));
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    @Override
    ServerProcess startAgain() {
        return launch(options);
    }

    @Override
    Signal[] stopSignals() {
        return new Signal[] {Signal.TERM};
    }

    private static ServerProcess launch(KafkaOptions options) {
        Ports.requireFree(options.port(), "Kafka");
        Ports.requireFree(options.controllerPort(), "Kafka's controller");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-Dlogback.configurationFile=freshet-kafka-logback.xml",
                                KafkaProcess.class.getName(),
                                "--dir",
                                options.directory().toString(),
                                "--port",
                                Integer.toString(options.port()),
                                "--controller-port",
                                Integer.toString(options.controllerPort())));
        options.settings()
                .forEach((name, value) -> {
                    command.add("--set");
                    command.add(name + "=" + value);
                });
        try {
            Files.createDirectories(options.directory());
            Path log = options.directory().resolve("kafka.log");
            ServerProcess process =
                    ServerProcess.launch(
                            command,
                            Map.of("CLASSPATH", System.getProperty("java.class.path")),
                            options.directory(),
                            log);
            Readiness.await("Kafka", process, options.startTimeout(), () -> saysReady(log));
            return process;
        } catch (IOException e) {
            throw new ServerStartException("Kafka did not start in " + options.directory(), e);
        }
    }

    private static boolean saysReady(Path log) throws IOException {
        return Files.readAllLines(log).stream().anyMatch(line -> line.startsWith(READY));
    }

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaArguments.parse(args));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
        System.out.println(READY + kafka.bootstrapServers());
    }
}
