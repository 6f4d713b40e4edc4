package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.PartStarter;
import io.freshet.infra.local.supervision.Supervisor;
import io.freshet.infra.servers.EmbeddedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Puts an instance together: the servers, and the services as their jars say. */
public final class LocalInstance {
    private static final String READINESS = "/actuator/health/readiness";

    private final VarDirectory directory;
    private final Addresses addresses;

    public LocalInstance(VarDirectory directory, Addresses addresses) {
        this.directory = directory;
        this.addresses = addresses;
    }

    /** A supervisor of the three servers and the given services, not started. */
    public Supervisor supervisor(Map<Part, PartStarter> services, Supervisor.Options options) {
        var starters = new EnumMap<Part, PartStarter>(Part.class);
        starters.putAll(
                new ServerStarters(
                                new EmbeddedServers(), addresses, directory, options.startTimeout())
                        .all());
        starters.putAll(services);
        return new Supervisor(
                directory,
                starters,
                part -> addresses.ports().of(firstPort(part)),
                pids -> ClientEnvironment.shellLines(ClientEnvironment.variables(addresses, pids)),
                options);
    }

    /** The four services of a checkout. */
    public Map<Part, PartStarter> services(Checkout checkout, DemoFiles files) {
        var environment = new ServiceEnvironment(addresses, directory, files);
        return services(service -> command(checkout, service), environment::of);
    }

    /**
     * One more process of a service, beside that of the instance.
     *
     * @param different variables that it has instead of, or beside, those of the instance's own;
     *     its ports among them
     * @param managementPort where it is asked for its health
     */
    public PartStarter another(
            Checkout checkout,
            DemoFiles files,
            Part service,
            Map<String, String> different,
            int managementPort,
            Path log) {
        var variables =
                new HashMap<>(new ServiceEnvironment(addresses, directory, files).of(service));
        variables.putAll(different);
        return new ServiceStarter(
                new ServiceStarter.Plan(
                        command(checkout, service),
                        variables,
                        ServiceEnvironment.notInherited(addresses),
                        log,
                        URI.create(
                                "http://%s:%d%s"
                                        .formatted(Addresses.HOST, managementPort, READINESS))),
                client());
    }

    private ServiceStarter.Command command(Checkout checkout, Part service) {
        return () -> {
            Path jar =
                    new BootApplication(
                                    service.label(),
                                    checkout.jarOf(service),
                                    directory.applications())
                            .unpacked();
            return JavaCommand.forService(
                    service, jar, System.getenv(JavaCommand.optionsVariable(service)));
        };
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    }

    /** The four services, each by the command and the environment that the functions give it. */
    Map<Part, PartStarter> services(
            Function<Part, ServiceStarter.Command> command,
            Function<Part, Map<String, String>> environment) {
        HttpClient http = client();
        Set<String> notInherited = ServiceEnvironment.notInherited(addresses);
        var starters = new EnumMap<Part, PartStarter>(Part.class);
        for (Part part : Part.values()) {
            if (part.isService()) {
                URI readiness = URI.create(addresses.http(healthPort(part)) + READINESS);
                starters.put(
                        part,
                        new ServiceStarter(
                                new ServiceStarter.Plan(
                                        command.apply(part),
                                        environment.apply(part),
                                        notInherited,
                                        directory.log(part),
                                        readiness),
                                http));
            }
        }
        return starters;
    }

    private static Port firstPort(Part part) {
        return switch (part) {
            case API_SERVICE -> Port.API;
            case CDC_CONNECTOR -> Port.CDC;
            case INVALIDATION_STREAM -> Port.STREAM;
            case WARMER_WORKER -> Port.WARMER;
            case KAFKA -> Port.KAFKA;
            case POSTGRES -> Port.POSTGRES;
            case REDIS -> Port.REDIS;
        };
    }

    private static Port healthPort(Part service) {
        return service == Part.API_SERVICE ? Port.MANAGEMENT : firstPort(service);
    }
}
