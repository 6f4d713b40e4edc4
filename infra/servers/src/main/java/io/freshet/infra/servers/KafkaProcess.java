package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Command;
import io.freshet.infra.servers.process.ServerDirectory;
import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kafka as a program of its own.
 *
 * <p>Arguments: {@code --dir}, {@code --port}, {@code --controller-port} (0 or absent: a free one),
 * and any number of {@code --set name=value} for broker properties. It logs to its standard output,
 * prints {@code ready host:port} there when it serves, and stops cleanly at SIGTERM.
 */
public final class KafkaProcess extends ProcessServer implements KafkaServer {
    private static final String READY = "ready ";

    private final KafkaOptions options;

    private KafkaProcess(KafkaOptions options) {
        super("Kafka", options.directory());
        this.options = options;
    }

    /**
     * Starts it with this JVM's java and class path and waits until it serves.
     *
     * @throws ServerStartException if it does not come up
     */
    public static KafkaServer spawn(KafkaOptions wanted) {
        return KafkaPorts.choose(
                wanted,
                options -> {
                    KafkaProcess kafka = new KafkaProcess(options);
                    kafka.start();
                    return kafka;
                });
    }

    /** The program: runs until it is told to end. */
    public static void main(String[] args) {
        try {
            KafkaServer kafka = EmbeddedKafka.startAlone(KafkaArguments.parse(args));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
            System.out.println(READY + kafka.bootstrapServers());
        } catch (ServerStartException | IllegalArgumentException e) {
            System.out.println(e.getMessage());
            // Threads of a half-started broker would keep the JVM.
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    @Override
    ServerProcess launch(ServerDirectory directory) throws IOException {
        KafkaPorts.requireFree(options);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                // Kafka unmaps its index files with it; JDK 25 would print a
                                // warning.
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dlogback.configurationFile=freshet-kafka-logback.xml",
                                KafkaProcess.class.getName()));
        words.addAll(KafkaArguments.of(options));
        return directory.launch(
                new Command(words, Map.of("CLASSPATH", absoluteClassPath()), directory.path()),
                "kafka.log",
                List.of(Signal.TERM));
    }

    /** This JVM's, with entries that hold in another working directory too. */
    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    void awaitReady(ServerProcess process) {
        new Readiness("Kafka", options.startTimeout(), EmbeddedKafka.advice(options))
                .await(
                        Readiness.Starting.of(process),
                        () -> process.printed().stream().anyMatch(line -> line.startsWith(READY)));
    }
}
