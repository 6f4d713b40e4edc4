package io.freshet.infra.servers;

import io.freshet.infra.servers.container.Engine;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Servers as containers of this machine's Docker engine, for tests.
 *
 * <p>The directory that the options name stands for a volume of the engine. What was started here
 * and what it kept are gone when the JVM ends.
 */
public final class ContainerServers implements ServerProvider {

    @Override
    public KafkaServer startKafka(KafkaOptions options) {
        return ContainerKafka.start(options, engine());
    }

    @Override
    public PostgresServer startPostgres(PostgresOptions options) {
        return ContainerPostgres.start(options, engine());
    }

    @Override
    public RedisServer startRedis(RedisOptions options) {
        return ContainerRedis.start(options, engine());
    }

    @Override
    public void discard(Path directory) {
        try {
            engine().discard(directory.toAbsolutePath().normalize());
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Engine engine() {
        try {
            return Engine.connect();
        } catch (IOException e) {
            throw new ServerStartException(
                    "Servers in containers did not start: " + e.getMessage(), e);
        }
    }
}
