package io.freshet.infra.check.instance;

import io.freshet.infra.local.launch.DemoFiles;
import io.freshet.infra.local.launch.LocalInstance;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.PartStartException;
import io.freshet.infra.local.supervision.RunningPart;
import io.freshet.infra.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes of services that the check starts beside those of the instance, and stops. */
public final class Fleet implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String LOOPBACK = "http://127.0.0.1:";

    private final Instance instance;
    private final Path namespaces;
    private final List<RunningPart> running = new ArrayList<>();

    /**
     * @param namespaces the file that its nodes apply when they start
     */
    public Fleet(Instance instance, Path namespaces) {
        this.instance = instance;
        this.namespaces = namespaces;
    }

    /** The node of the instance itself. */
    public Api instanceNode() {
        return new Api(
                "node-1",
                URI.create(instance.addresses().api()),
                URI.create(instance.addresses().management()),
                instance.addresses().token().value());
    }

    /**
     * Starts more api-services on free ports, at the same time.
     *
     * @param settings more environment variables
     */
    public List<Api> startNodes(List<String> names, Map<String, String> settings)
            throws IOException, InterruptedException, CheckException {
        var nodes = new ArrayList<Api>();
        var parts = new ArrayList<RunningPart>();
        for (String name : names) {
            int port = Ports.free();
            int management = Ports.free();
            var different = new HashMap<>(settings);
            different.put("SERVER_PORT", Integer.toString(port));
            different.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
            different.put("FRESHET_NODE_ID", "check-" + name);
            different.put("FRESHET_API_NAMESPACESFILE", namespaces.toString());
            parts.add(start(Part.API_SERVICE, name, different, management));
            nodes.add(
                    new Api(
                            name,
                            URI.create(LOOPBACK + port),
                            URI.create(LOOPBACK + management),
                            instance.addresses().token().value()));
        }
        for (int node = 0; node < parts.size(); node++) {
            awaitReady(parts.get(node), names.get(node));
        }
        return nodes;
    }

    /** Starts a service in place of the instance's own, which must be stopped. */
    public void startInPlace(Part service, int managementPort, Map<String, String> settings)
            throws IOException, InterruptedException, CheckException {
        String name = "planted-" + service.label();
        awaitReady(start(service, name, settings, managementPort), name);
    }

    /**
     * Starts one more worker on a free port, which verifies nothing.
     *
     * @param name its id among the workers
     */
    public Beside startWorker(String name)
            throws IOException, InterruptedException, CheckException {
        int port = Ports.free();
        var settings =
                Map.of(
                        "SERVER_PORT",
                        Integer.toString(port),
                        "FRESHET_NODE_ID",
                        name,
                        "FRESHET_VERIFIER_NODES",
                        "");
        RunningPart started = start(Part.WARMER_WORKER, name, settings, port);
        awaitReady(started, name);
        return new Beside(started.pid(), URI.create(LOOPBACK + port));
    }

    /** A process that was started, and where it tells its health and its metrics. */
    public record Beside(long pid, URI management) {}

    private RunningPart start(
            Part service, String name, Map<String, String> settings, int managementPort)
            throws IOException, InterruptedException, CheckException {
        var different = new HashMap<>(settings);
        // It lives for a minute: what the second compiler would do for it comes too late.
        different.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        Path config = instance.directory().config();
        var files = new DemoFiles(config.resolve("rules.yaml"), config.resolve("namespaces.yaml"));
        try {
            RunningPart started =
                    new LocalInstance(instance.directory(), instance.addresses())
                            .another(
                                    instance.checkout(),
                                    files,
                                    service,
                                    different,
                                    managementPort,
                                    instance.directory().logs().resolve("check-" + name + ".log"))
                            .start();
            add(started);
            return started;
        } catch (PartStartException e) {
            throw new CheckException(name + ": " + e.getMessage(), e);
        }
    }

    private static void awaitReady(RunningPart part, String name)
            throws InterruptedException, CheckException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!(part.health() instanceof RunningPart.Health.Good)) {
            if (!part.isAlive() || System.nanoTime() > end) {
                throw new CheckException(
                        "%s does not become ready: see var/log/check-%s.log".formatted(name, name));
            }
            Thread.sleep(GLANCE);
        }
    }

    private synchronized void add(RunningPart part) {
        running.add(part);
    }

    /** Stops everything that it started. */
    @Override
    public synchronized void close() {
        running.forEach(part -> part.stop(GRACE));
        running.clear();
    }
}
