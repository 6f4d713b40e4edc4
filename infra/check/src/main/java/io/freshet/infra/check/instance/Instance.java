package io.freshet.infra.check.instance;

import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.EarlierInstance;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.local.supervision.Orders;
import io.freshet.infra.local.supervision.PartStatus;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** An instance that {@code ./freshet up} runs. Its supervisor starts again what ends. */
public final class Instance {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final String CONNECT_SECONDS = "5";

    private final VarDirectory directory;
    private final Checkout checkout;
    private final Map<String, String> variables;
    private final Addresses addresses;

    private Instance(
            VarDirectory directory, Checkout checkout, Map<String, String> variables, Ports ports)
            throws IOException {
        this.directory = directory;
        this.checkout = checkout;
        this.variables = Map.copyOf(variables);
        this.addresses = Addresses.of(ports, directory);
    }

    /**
     * The instance that runs in a directory.
     *
     * @param checkout whose build it runs
     * @throws CheckException if there is none
     */
    public static Instance in(VarDirectory directory, Checkout checkout)
            throws IOException, CheckException {
        Optional<Map<String, String>> variables = ClientEnvironment.of(directory);
        if (!(EarlierInstance.in(directory) instanceof EarlierInstance.Running(var status))
                || variables.isEmpty()) {
            throw new CheckException("Nothing is running: start it with ./freshet up --detach");
        }
        return new Instance(directory, checkout, variables.get(), ports(status, variables.get()));
    }

    private static Ports ports(InstanceStatus status, Map<String, String> variables) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (Port port : Port.values()) {
            status.parts().stream()
                    .filter(part -> part.part() == port.part())
                    .findFirst()
                    .ifPresent(part -> numbers.put(port, part.port()));
        }
        numbers.put(
                Port.MANAGEMENT,
                URI.create(variables.getOrDefault("FRESHET_MANAGEMENT_URL", "")).getPort());
        // Nothing tells it, and no client needs it.
        numbers.put(Port.KAFKA_CONTROLLER, 1);
        return Ports.choose(numbers, _ -> null, 0);
    }

    public VarDirectory directory() {
        return directory;
    }

    Checkout checkout() {
        return checkout;
    }

    public Addresses addresses() {
        return addresses;
    }

    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** Opens a connection to the database that is cached. */
    public Connection database() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", variable("FRESHET_PG_USER"));
        properties.setProperty("password", variable("FRESHET_PG_PASSWORD"));
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("ApplicationName", "freshet-check");
        return DriverManager.getConnection(variable("FRESHET_PG_URL"), properties);
    }

    public RedisWire redis() {
        return new RedisWire(addresses.ports().of(Port.REDIS));
    }

    /** A part as the supervisor sees it now. */
    public PartStatus status(Part part) throws IOException {
        return InstanceStatus.readFrom(directory.status()).stream()
                .flatMap(status -> status.parts().stream())
                .filter(status -> status.part() == part)
                .findFirst()
                .orElseThrow(() -> new IOException("The supervisor says nothing of " + part));
    }

    private boolean allReady() throws IOException {
        return InstanceStatus.readFrom(directory.status()).stream()
                .flatMap(status -> status.parts().stream())
                .allMatch(status ->
                        status.word() == PartStatus.Word.READY
                                || status.word() == PartStatus.Word.STOPPED);
    }

    /** Waits until the supervisor finds every part ready that it was not told to stop. */
    public void awaitAllReady() throws IOException, InterruptedException, CheckException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!allReady()) {
            if (System.nanoTime() > end) {
                throw new CheckException(
                        "After %d s not every part is ready: see ./freshet status"
                                .formatted(PATIENCE.toSeconds()));
            }
            Thread.sleep(GLANCE);
        }
    }

    /** Waits until another process of the part is ready. */
    public void awaitRestart(Part part, long formerPid)
            throws IOException, InterruptedException, CheckException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (status(part).word() != PartStatus.Word.READY || status(part).pid() == formerPid) {
            if (System.nanoTime() > end) {
                throw new CheckException(part.label() + " was not started again");
            }
            Thread.sleep(GLANCE);
        }
    }

    /** Has the supervisor start, stop or restart a part, and waits until that is done. */
    public void order(Order.Action action, Part part)
            throws IOException, InterruptedException, CheckException {
        var orders = new Orders(directory.control());
        String answer =
                orders.awaitAnswer(orders.give(new Order.ToPart(action, part)), PATIENCE)
                        .orElse("the supervisor does not answer");
        if (!answer.startsWith(Orders.OK)) {
            throw new CheckException("%s %s: %s".formatted(action.word(), part.label(), answer));
        }
    }

    /** Sends a signal to a part's process. */
    public void signal(String name, Part part) throws IOException, InterruptedException {
        long pid = status(part).pid();
        if (pid == 0) {
            throw new IOException(part.label() + " does not run");
        }
        signal(name, pid);
    }

    /** Sends a signal to a process; {@code kill} is built into sh. */
    public static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }
}
