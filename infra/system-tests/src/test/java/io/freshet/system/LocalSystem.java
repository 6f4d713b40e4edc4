package io.freshet.system;

import static org.awaitility.Awaitility.await;

import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.servers.process.Directories;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole installation as real processes, with the demo's data: the launcher starts it when a test
 * first asks for it, on free ports and in a directory of its own, and stops it when this JVM ends.
 *
 * <p>The launcher's supervisor starts a service again that is killed.
 */
final class LocalSystem {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path TARGET = ROOT.resolve("infra/system-tests/target");
    private static final Path APPLICATIONS = TARGET.resolve("app");
    private static final Path LAUNCHER =
            ROOT.resolve("infra/local/target/freshet-local-0.1.0-SNAPSHOT.jar");

    /** They live for minutes: what the second compiler would do for them comes too late. */
    private static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(2);
    private static final int FIRST_PORT = 7400;
    private static final int LAST_PORT = 7493;

    private static @Nullable LocalSystem shared;

    private final Path directory;
    private final Map<String, String> environment;
    private final int portOffset = freeOffset();

    /**
     * An installation that is not running.
     *
     * @param environment what its services are told beside what the launcher tells them
     */
    private LocalSystem(String directory, Map<String, String> environment) {
        this.directory = TARGET.resolve(directory);
        this.environment = environment;
    }

    /** The one that all tests of this JVM use. */
    static synchronized LocalSystem shared() {
        if (shared == null) {
            var system = new LocalSystem("var", Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(system::stop, "system-down"));
            system.start();
            shared = system;
        }
        return shared;
    }

    /** One of its own, which the caller stops, with more options in the environment. */
    static LocalSystem with(String directory, Map<String, String> environment) {
        var system = new LocalSystem(directory, environment);
        system.start();
        return system;
    }

    private void start() {
        forgetEarlierData();
        shareApplications();
        launcher("prepare");
        launcher("up", "--detach");
    }

    /** One build's services are unpacked, and learn to start quickly, once for all. */
    private void shareApplications() {
        Path own = new VarDirectory(directory).applications();
        try {
            Files.createDirectories(directory);
            Files.createDirectories(APPLICATIONS);
            if (!Files.exists(own)) {
                Files.createSymbolicLink(own, APPLICATIONS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        launcher("down");
    }

    /** What a service has written to its log. */
    List<String> log(Service service) {
        return lines("log/" + service.label() + ".log");
    }

    /** What PostgreSQL has written to its log. */
    List<String> databaseLog() {
        return lines("data/postgres/postgres.log");
    }

    private void forgetEarlierData() {
        try {
            Directories.delete(directory.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI api() {
        return URI.create(variable("FRESHET_API_URL"));
    }

    /** Where a service tells its health and its metrics. */
    URI management(Service service) {
        return URI.create("http://127.0.0.1:%d".formatted(service.managementPort() + portOffset));
    }

    String token() {
        return variable("FRESHET_TOKEN");
    }

    String kafka() {
        return variable("FRESHET_KAFKA");
    }

    /** Opens a new connection to the database that is cached, which the caller closes. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(
                variable("FRESHET_PG_URL"),
                variable("FRESHET_PG_USER"),
                variable("FRESHET_PG_PASSWORD"));
    }

    /** The same, for the history checker. */
    Instance instance() throws IOException, CheckException {
        return Instance.in(new VarDirectory(directory), new Checkout(ROOT));
    }

    /** Kills a service with SIGKILL and waits until another process of it is ready. */
    void killAndAwaitRestart(Service service) {
        awaitRestart(service, kill(service));
    }

    /** Kills a service with SIGKILL; the process that it was. */
    long kill(Service service) {
        long killed = pid(service);
        ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
        return killed;
    }

    /** Waits until another process of it than the one that was killed is ready. */
    void awaitRestart(Service service, long killed) {
        await("restart of " + service)
                .atMost(RESTART_TIMEOUT)
                .until(() -> pid(service) != killed && isReady(service));
    }

    private long pid(Service service) {
        return status(service).map(cells -> Long.parseLong(cells[2])).orElse(0L);
    }

    private boolean isReady(Service service) {
        return status(service).filter(cells -> cells[1].equals("READY")).isPresent();
    }

    private java.util.Optional<String[]> status(Service service) {
        return lines("run/status").stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[0].equals(service.label()))
                .findFirst();
    }

    private String variable(String name) {
        Pattern line = Pattern.compile("export " + name + "='(.*)'");
        return lines("local.env").stream()
                .map(line::matcher)
                .filter(matcher -> matcher.matches())
                .map(MatchResult.class::cast)
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("local.env says no " + name));
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launcher(String... arguments) {
        if (!Files.exists(LAUNCHER)) {
            throw new IllegalStateException(
                    LAUNCHER + " is missing: run mvn verify with -am, so that it is built first");
        }
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dfreshet.home=" + ROOT,
                                "-jar",
                                LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        File output = TARGET.resolve("launcher.log").toFile();
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_"));
        for (Service service : Service.values()) {
            builder.environment().put("FRESHET_" + service + "_JAVA_OPTS", SHORT_LIFE);
        }
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(
                        Map.of(
                                "FRESHET_VAR",
                                directory.toString(),
                                "FRESHET_PORT_OFFSET",
                                Integer.toString(portOffset),
                                "FRESHET_VERIFIER_RATE",
                                "5"));
        try {
            Process process = builder.start();
            if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "The launcher failed, see %s; it said at last:%n%s"
                                .formatted(output, lastLines(output.toPath())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String lastLines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(Math.max(0, lines.size() - 30), lines.size()).stream()
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Below the ports that the system itself hands out to clients. */
    private static int freeOffset() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10, 240) * 100)
                .limit(200)
                .filter(offset ->
                        IntStream.rangeClosed(FIRST_PORT, LAST_PORT)
                                .allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free range of ports"));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
