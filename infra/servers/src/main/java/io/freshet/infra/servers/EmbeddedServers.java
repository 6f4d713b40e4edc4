package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Servers out of Maven artifacts, as processes of this machine. */
public final class EmbeddedServers implements ServerProvider {
    private final BinaryCache binaries = BinaryCache.configured();

    @Override
    public KafkaServer startKafka(KafkaOptions options) {
        return options.ownProcess()
                ? KafkaProcess.spawn(options)
                : EmbeddedKafka.startInside(options);
    }

    @Override
    public PostgresServer startPostgres(PostgresOptions options) {
        return EmbeddedPostgres.start(options, binaries);
    }

    @Override
    public RedisServer startRedis(RedisOptions options) {
        return EmbeddedRedis.start(options, binaries);
    }

    @Override
    public void discard(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
