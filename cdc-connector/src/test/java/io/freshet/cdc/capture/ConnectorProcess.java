package io.freshet.cdc.capture;

import static org.awaitility.Awaitility.await;

import io.freshet.cdc.CdcConnectorApplication;
import io.freshet.infra.servers.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A cdc-connector in a process of its own, which captures a rig's database into its topics. */
final class ConnectorProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI health;

    private ConnectorProcess(Process process, URI health) {
        this.process = process;
        this.health = health;
    }

    /**
     * Starts one.
     *
     * @param directory for its rules and what it prints
     * @param senderTimeout after which the server gives its slot to another, if it says nothing
     */
    static ConnectorProcess start(
            CaptureRig rig, String rules, Path directory, Duration senderTimeout)
            throws IOException {
        Path file = Files.createTempFile(directory, "rules", ".yaml");
        Files.writeString(file, "version: 1\nrules:\n" + rules.indent(2));
        int port = freePort();
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CdcConnectorApplication.class.getName(),
                        "--server.port=" + port,
                        "--freshet.kafka.bootstrap-servers="
                                + SharedServers.kafka().bootstrapServers(),
                        "--freshet.topics.prefix=" + rig.topics.prefix(),
                        "--freshet.postgres.url=" + rig.database.jdbcUrl(),
                        "--freshet.postgres.user=" + rig.database.user(),
                        "--freshet.postgres.password=" + rig.database.password(),
                        "--freshet.cdc.rules=" + file,
                        "--freshet.cdc.slot=" + rig.slot,
                        "--freshet.cdc.sender-timeout=" + senderTimeout.toMillis() + "ms");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("connector-" + port + ".log").toFile())
                        .start();
        return new ConnectorProcess(
                process, URI.create("http://127.0.0.1:" + port + "/actuator/health"));
    }

    /** Waits until it is in a state, as health names it. */
    ConnectorProcess awaitState(String state) {
        await(state).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isIn(state));
        return this;
    }

    void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Stops it where it stands; it keeps its connections, and knows nothing of it. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    @Override
    public void close() {
        kill();
    }

    /** Whether it is; one that does not answer is in no state. */
    boolean isIn(String state) {
        HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString())
                    .body()
                    .contains("\"state\":\"" + state + "\"");
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
