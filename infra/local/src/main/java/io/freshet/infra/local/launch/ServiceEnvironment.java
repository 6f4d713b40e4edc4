package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.ClientEnvironment;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.VarDirectory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables by which a service is configured, since a command line could be read by
 * everyone.
 *
 * <p>Spring binds {@code FRESHET_KAFKA_BOOTSTRAPSERVERS} to {@code
 * freshet.kafka.bootstrap-servers}.
 */
final class ServiceEnvironment {
    private final Addresses addresses;
    private final VarDirectory directory;
    private final DemoFiles files;

    ServiceEnvironment(Addresses addresses, VarDirectory directory, DemoFiles files) {
        this.addresses = addresses;
        this.directory = directory;
        this.files = files;
    }

    Map<String, String> of(Part service) {
        var variables = new HashMap<String, String>();
        variables.put("SERVER_ADDRESS", Addresses.HOST);
        variables.put("FRESHET_KAFKA_BOOTSTRAPSERVERS", addresses.kafka());
        variables.put("FRESHET_REDIS_URI", addresses.redis());
        variables.put("FRESHET_POSTGRES_URL", addresses.jdbc());
        variables.put("FRESHET_POSTGRES_USER", Addresses.POSTGRES_USER);
        variables.put("FRESHET_POSTGRES_PASSWORD", addresses.postgresPassword().value());
        switch (service) {
            case API_SERVICE -> {
                variables.put("SERVER_PORT", port(Port.API));
                variables.put("MANAGEMENT_SERVER_PORT", port(Port.MANAGEMENT));
                variables.put("MANAGEMENT_SERVER_ADDRESS", Addresses.HOST);
                variables.put("FRESHET_API_TOKEN", addresses.token().value());
                variables.put("FRESHET_API_NAMESPACESFILE", files.namespaces().toString());
                variables.put("FRESHET_NODE_ID", "local-api");
            }
            case CDC_CONNECTOR -> {
                variables.put("SERVER_PORT", port(Port.CDC));
                variables.put("FRESHET_CDC_RULES", files.rules().toString());
            }
            case INVALIDATION_STREAM -> {
                variables.put("SERVER_PORT", port(Port.STREAM));
                variables.put("FRESHET_STREAM_STATEDIR", directory.data(service).toString());
            }
            case WARMER_WORKER -> {
                variables.put("SERVER_PORT", port(Port.WARMER));
                variables.put("FRESHET_NODE_ID", "local-warmer");
                variables.put(
                        "FRESHET_VERIFIER_NODES",
                        "http://%s:%s".formatted(Addresses.HOST, port(Port.API)));
                variables.put("FRESHET_VERIFIER_TOKEN", addresses.token().value());
            }
            case REDIS, POSTGRES, KAFKA ->
                    throw new IllegalArgumentException(service + " is no service");
        }
        return variables;
    }

    /**
     * The variables that a service must not inherit: they speak to this launcher or to an
     * instance's clients, and {@code FRESHET_KAFKA} would be read as a property.
     */
    static Set<String> notInherited(Addresses addresses) {
        var names = new HashSet<>(ClientEnvironment.variables(addresses, Map.of()).keySet());
        Arrays.stream(Port.values()).map(Port::variable).forEach(names::add);
        names.add(Ports.OFFSET_VARIABLE);
        names.add("FRESHET_VAR");
        return names;
    }

    private String port(Port port) {
        return Integer.toString(addresses.ports().of(port));
    }
}
