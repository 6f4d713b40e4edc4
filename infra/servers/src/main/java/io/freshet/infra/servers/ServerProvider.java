package io.freshet.infra.servers;

import java.nio.file.Path;

/**
 * A way to get real servers: as processes out of Maven artifacts, or as containers.
 *
 * <p>Safe for use by several threads. Every start returns a server that answers clients.
 */
public sealed interface ServerProvider permits EmbeddedServers, ContainerServers {

    /** The system property that chooses: {@code embedded} (default) or {@code containers}. */
    String PROPERTY = "freshet.servers";

    /** The provider that {@link #PROPERTY} names. */
    static ServerProvider configured() {
        String name = System.getProperty(PROPERTY, "embedded");
        return switch (name) {
            case "embedded" -> new EmbeddedServers();
            case "containers" -> new ContainerServers();
            default ->
                    throw new ServerStartException(
                            "-D"
                                    + PROPERTY
                                    + "="
                                    + name
                                    + " is unknown: use embedded or containers");
        };
    }

    /**
     * Starts a Kafka on what its directory holds.
     *
     * @throws ServerStartException if it does not come up
     */
    KafkaServer startKafka(KafkaOptions options);

    /**
     * Starts a PostgreSQL on what its directory holds.
     *
     * @throws ServerStartException if it does not come up
     */
    PostgresServer startPostgres(PostgresOptions options);

    /**
     * Starts a Redis on what its directory holds.
     *
     * @throws ServerStartException if it does not come up
     */
    RedisServer startRedis(RedisOptions options);

    /** Deletes what a stopped server kept under its directory. */
    void discard(Path directory);
}
