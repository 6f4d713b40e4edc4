package io.freshet.infra.local.launch;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.PartStartException;
import io.freshet.infra.local.supervision.PartStarter;
import io.freshet.infra.local.supervision.RunningPart;
import io.freshet.infra.servers.KafkaOptions;
import io.freshet.infra.servers.PostgresOptions;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RunningServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.ServerStartException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The three servers of an instance, their data in its directory. PostgreSQL is ready when the
 * demo's tables are.
 */
public final class ServerStarters {
    private final ServerProvider servers;
    private final Addresses addresses;
    private final VarDirectory directory;
    private final Duration startTimeout;

    /**
     * @param startTimeout for each server
     */
    public ServerStarters(
            ServerProvider servers,
            Addresses addresses,
            VarDirectory directory,
            Duration startTimeout) {
        this.servers = servers;
        this.addresses = addresses;
        this.directory = directory;
        this.startTimeout = startTimeout;
    }

    public Map<Part, PartStarter> all() {
        return Map.of(
                Part.REDIS, () -> started(this::redis),
                Part.POSTGRES, () -> started(this::postgres),
                Part.KAFKA, () -> started(this::kafka));
    }

    private static RunningPart started(Supplier<RunningServer> start) throws PartStartException {
        try {
            return new ServerPart(start.get());
        } catch (ServerStartException e) {
            throw new PartStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private RunningServer redis() {
        return servers.startRedis(
                RedisOptions.in(directory.data(Part.REDIS))
                        .port(addresses.ports().of(Port.REDIS))
                        .persistence(RedisOptions.Persistence.EVERY_SECOND));
    }

    private RunningServer kafka() {
        return servers.startKafka(
                KafkaOptions.in(directory.data(Part.KAFKA))
                        .port(addresses.ports().of(Port.KAFKA))
                        .controllerPort(addresses.ports().of(Port.KAFKA_CONTROLLER))
                        .ownProcess(true)
                        .startTimeout(startTimeout));
    }

    private RunningServer postgres() {
        PostgresServer postgres =
                servers.startPostgres(
                        PostgresOptions.in(directory.data(Part.POSTGRES))
                                .port(addresses.ports().of(Port.POSTGRES))
                                .user(Addresses.POSTGRES_USER, addresses.postgresPassword().value())
                                .startTimeout(startTimeout));
        try {
            createDatabase(postgres);
            DemoTables.load(() -> postgres.connect(Addresses.DATABASE));
            return postgres;
        } catch (SQLException e) {
            postgres.close();
            throw new ServerStartException("the demo's tables were not made: " + e.getMessage(), e);
        }
    }

    private static void createDatabase(PostgresServer postgres) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                var query =
                        connection.prepareStatement(
                                "SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, Addresses.DATABASE);
            try (var found = query.executeQuery()) {
                if (found.next()) {
                    return;
                }
            }
        }
        postgres.createDatabase(Addresses.DATABASE);
    }
}
