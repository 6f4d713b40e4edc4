package io.freshet.infra.local.launch;

import static org.awaitility.Awaitility.await;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.supervision.PartStarter;
import io.freshet.infra.local.supervision.Supervisor;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * An instance of the three real servers and four stand-ins, in its own directory and on its own
 * ports.
 */
final class StandInInstance implements AutoCloseable {
    static final Duration START = Duration.ofMinutes(3);

    private final VarDirectory directory;
    private final Addresses addresses;
    private Supervisor supervisor;
    private CompletableFuture<Boolean> run = CompletableFuture.completedFuture(true);

    StandInInstance() throws IOException {
        directory = new VarDirectory(Path.of("target", "it-var-" + System.nanoTime()));
        directory.create();
        addresses = Addresses.of(freePorts(), directory);
        supervisor = supervisor(Map.of());
    }

    VarDirectory directory() {
        return directory;
    }

    Addresses addresses() {
        return addresses;
    }

    /** Starts it and waits until all of it is ready. */
    StandInInstance start(Map<String, String> moreEnvironment) {
        CompletableFuture<Boolean> running = run(standIns(moreEnvironment));
        await().atMost(START)
                .ignoreExceptions()
                .until(() -> running.isDone() || status().phase() == Phase.UP);
        if (running.isDone()) {
            throw new IllegalStateException("it ended while it started");
        }
        return this;
    }

    /** Starts it and returns at once with what will say whether it came up. */
    CompletableFuture<Boolean> run(Map<Part, PartStarter> services) {
        Supervisor started = supervisor(services);
        supervisor = started;
        run =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return started.run();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return run;
    }

    /** Stops it and says whether it had come up. */
    boolean stop() {
        supervisor.stop();
        return run.join();
    }

    @Override
    public void close() throws IOException {
        stop();
        Directories.delete(directory.root());
    }

    Map<Part, PartStarter> standIns(Map<String, String> moreEnvironment) {
        var environment =
                new ServiceEnvironment(
                        addresses, directory, new DemoFiles(Path.of("r"), Path.of("n")));
        List<String> command =
                List.of(
                        JavaCommand.executable(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        StandInService.class.getName());
        return new LocalInstance(directory, addresses)
                .services(
                        _ -> () -> command,
                        service -> {
                            var variables = new HashMap<>(environment.of(service));
                            variables.putAll(moreEnvironment);
                            return variables;
                        });
    }

    InstanceStatus status() throws IOException {
        return InstanceStatus.readFrom(directory.status()).orElseThrow();
    }

    long pid(Part wanted) throws IOException {
        return status().parts().stream()
                .filter(part -> part.part() == wanted)
                .findFirst()
                .orElseThrow()
                .pid();
    }

    Map<String, String> environment() throws IOException {
        return ClientEnvironment.parse(Files.readAllLines(directory.environmentFile()));
    }

    int update(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                addresses.jdbc(),
                                Addresses.POSTGRES_USER,
                                addresses.postgresPassword().value());
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Supervisor supervisor(Map<Part, PartStarter> services) {
        return new LocalInstance(directory, addresses)
                .supervisor(services, new Supervisor.Options(true, START, OptionalLong.empty()));
    }

    private static Ports freePorts() {
        var free = new HashMap<Port, Integer>();
        for (Port port : Port.values()) {
            int number;
            do {
                number = io.freshet.infra.servers.Ports.free();
            } while (free.containsValue(number));
            free.put(port, number);
        }
        return Ports.choose(free, _ -> null, 0);
    }
}
