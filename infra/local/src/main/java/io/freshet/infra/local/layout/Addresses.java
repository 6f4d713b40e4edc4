package io.freshet.infra.local.layout;

import java.io.IOException;

/**
 * Where the parts of an instance are reached, and with which secrets. Everything is on the loopback
 * address.
 *
 * @param token what api-service asks of its clients
 * @param postgresPassword of {@link #POSTGRES_USER}
 */
public record Addresses(Ports ports, Secret token, Secret postgresPassword) {
    public static final String HOST = "127.0.0.1";
    public static final String POSTGRES_USER = "freshet";

    /** The one database: the demo's tables in {@code public}, Freshet's catalog beside them. */
    public static final String DATABASE = "freshet";

    /**
     * The addresses of the instance in that directory, with its secrets made if they are not there
     * yet.
     */
    public static Addresses of(Ports ports, VarDirectory directory) throws IOException {
        return new Addresses(
                ports,
                Secret.keptIn(directory.token()),
                Secret.keptIn(directory.postgresPassword()));
    }

    public String api() {
        return http(Port.API);
    }

    public String management() {
        return http(Port.MANAGEMENT);
    }

    public String jdbc() {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, ports.of(Port.POSTGRES), DATABASE);
    }

    /** For psql and its kin; holds the password. */
    public String psql() {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        POSTGRES_USER,
                        postgresPassword.value(),
                        HOST,
                        ports.of(Port.POSTGRES),
                        DATABASE);
    }

    public String kafka() {
        return HOST + ":" + ports.of(Port.KAFKA);
    }

    public String redis() {
        return "redis://" + HOST + ":" + ports.of(Port.REDIS);
    }

    public String http(Port port) {
        return "http://" + HOST + ":" + ports.of(port);
    }
}
