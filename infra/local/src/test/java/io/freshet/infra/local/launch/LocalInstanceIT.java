package io.freshet.infra.local.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.TakenPort;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.local.supervision.Orders;
import io.freshet.infra.local.supervision.PartStartException;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An instance of the three real servers and four stand-ins, in its own directory and on its own
 * ports.
 */
class LocalInstanceIT {
    private static final Duration START = Duration.ofSeconds(90);

    private VarDirectory directory = new VarDirectory(Path.of("target", "it-var"));
    private Addresses addresses;
    private @Nullable Supervisor supervisor;
    private CompletableFuture<Boolean> run = CompletableFuture.completedFuture(true);

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = new VarDirectory(Path.of("target", "it-var-" + System.nanoTime()));
        directory.create();
        addresses = Addresses.of(freePorts(), directory);
    }

    @AfterEach
    void stopAndRemove() throws IOException {
        stop();
        Directories.delete(directory.root());
    }

    @Test
    void shouldTellClientsWhereEverythingIs() throws Exception {
        start(Map.of());

        Map<String, String> environment = environment();

        assertThat(environment.get("FRESHET_API_URL")).isEqualTo(addresses.api());
        for (Part part : Part.values()) {
            long pid = Long.parseLong(environment.get("FRESHET_PID_" + part.name()));
            assertThat(ProcessHandle.of(pid))
                    .as(part.label())
                    .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
        }
        try (var connection =
                        DriverManager.getConnection(
                                environment.get("FRESHET_PG_URL"),
                                environment.get("FRESHET_PG_USER"),
                                environment.get("FRESHET_PG_PASSWORD"));
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT c.name, k.name, (SELECT count(*) FROM cities) FROM cities c"
                                        + " JOIN countries k ON k.code = c.country_code"
                                        + " WHERE c.id = 2759794")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("Amsterdam");
            assertThat(row.getString(2)).isEqualTo("Netherlands");
            assertThat(row.getInt(3)).isEqualTo(49_025);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenStopped() throws Exception {
        start(Map.of(StandInService.STUBBORN, "1"));
        List<Long> pids = status().parts().stream().map(part -> part.pid()).toList();

        long began = System.nanoTime();
        boolean cameUp = stop();

        assertThat(cameUp).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(pids)
                .hasSize(7)
                .allSatisfy(pid ->
                        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty());
        assertThat(TakenPort.among(addresses.ports())).isEmpty();
        assertThat(directory.environmentFile()).doesNotExist();
        assertThat(directory.pidFile(Part.KAFKA)).doesNotExist();
        assertThat(status().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void shouldStartAgainWhatIsKilled() throws Exception {
        start(Map.of());
        long killed = pid(Part.WARMER_WORKER);

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(START).until(() -> status().allReady() && pid(Part.WARMER_WORKER) != killed);
        assertThat(environment())
                .containsEntry("FRESHET_PID_WARMER_WORKER", "" + pid(Part.WARMER_WORKER));
    }

    @Test
    void shouldCarryOutOrders() throws Exception {
        start(Map.of());
        var orders = new Orders(directory.control());
        long before = pid(Part.CDC_CONNECTOR);

        String stopped = order(orders, Order.Action.STOP, Part.CDC_CONNECTOR);
        boolean gone = ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty();
        String started = order(orders, Order.Action.START, Part.CDC_CONNECTOR);
        long between = pid(Part.CDC_CONNECTOR);
        String restarted = order(orders, Order.Action.RESTART, Part.CDC_CONNECTOR);

        assertThat(stopped).isEqualTo("ok stopped");
        assertThat(gone).isTrue();
        assertThat(started).isEqualTo("ok ready, pid " + between);
        assertThat(restarted).isEqualTo("ok ready, pid " + pid(Part.CDC_CONNECTOR));
        assertThat(pid(Part.CDC_CONNECTOR)).isNotEqualTo(between).isNotEqualTo(before);
    }

    @Test
    void shouldKeepWhatTheUserChanged() throws Exception {
        start(Map.of());
        update("UPDATE cities SET name = 'Mokum' WHERE id = 2759794");
        stop();

        start(Map.of());

        assertThat(update("UPDATE cities SET name = 'Amsterdam' WHERE name = 'Mokum'"))
                .isEqualTo(1);
    }

    @Test
    void shouldStopEverythingAndSayWhyWhenAServiceDoesNotComeUp() throws Exception {
        var services = standIns(Map.of());
        services.put(
                Part.API_SERVICE,
                () -> {
                    throw new PartStartException("no such jar", new IOException());
                });

        boolean cameUp = run(services).get(90, SECONDS);

        assertThat(cameUp).isFalse();
        assertThat(status().phase()).isEqualTo(Phase.FAILED);
        assertThat(status().message()).isEqualTo("api-service: no such jar");
        assertThat(TakenPort.among(addresses.ports())).isEmpty();
        assertThat(directory.environmentFile()).doesNotExist();
    }

    private void start(Map<String, String> moreEnvironment) {
        CompletableFuture<Boolean> running = run(standIns(moreEnvironment));
        await().atMost(START)
                .ignoreExceptions()
                .until(() -> running.isDone() || status().phase() == Phase.UP);
        assertThat(running).isNotDone();
    }

    private CompletableFuture<Boolean> run(Map<Part, PartStarter> services) {
        supervisor =
                new LocalInstance(directory, addresses)
                        .supervisor(
                                services,
                                new Supervisor.Options(true, START, OptionalLong.empty()));
        Supervisor started = supervisor;
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

    private Map<Part, PartStarter> standIns(Map<String, String> moreEnvironment) {
        var environment =
                new ServiceEnvironment(
                        addresses, directory, new DemoFiles(Path.of("r"), Path.of("n")));
        return new LocalInstance(directory, addresses)
                .services(
                        _ ->
                                () ->
                                        List.of(
                                                JavaCommand.executable(),
                                                "-XX:TieredStopAtLevel=1",
                                                "-Xmx32m",
                                                "-cp",
                                                Path.of("target", "test-classes")
                                                        .toAbsolutePath()
                                                        .toString(),
                                                StandInService.class.getName()),
                        service -> {
                            var variables = new HashMap<>(environment.of(service));
                            variables.putAll(moreEnvironment);
                            return variables;
                        });
    }

    private boolean stop() {
        if (supervisor != null) {
            supervisor.stop();
        }
        return run.join();
    }

    private InstanceStatus status() throws IOException {
        return InstanceStatus.readFrom(directory.status()).orElseThrow();
    }

    private long pid(Part wanted) throws IOException {
        return status().parts().stream()
                .filter(part -> part.part() == wanted)
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private Map<String, String> environment() throws IOException {
        return ClientEnvironment.parse(Files.readAllLines(directory.environmentFile()));
    }

    private static String order(Orders orders, Order.Action action, Part part)
            throws IOException, InterruptedException {
        String id = orders.give(new Order.ToPart(action, part));
        return orders.awaitAnswer(id, START).orElseThrow();
    }

    private int update(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                addresses.jdbc(),
                                Addresses.POSTGRES_USER,
                                addresses.postgresPassword().value());
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
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
