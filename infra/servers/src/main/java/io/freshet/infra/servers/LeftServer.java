package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that an embedded start left running in its directory, found again by another JVM.
 *
 * <p>That is how what was started to stay is stopped later, and how one cleans up after a JVM that
 * was killed. Kafka inside a JVM is not found: it ended with it.
 */
public final class LeftServer {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ServerDirectory.Left left;

    private LeftServer(ServerDirectory.Left left) {
        this.left = left;
    }

    /** The one that runs in this directory, which a start was given in its options. */
    public static Optional<LeftServer> in(Path directory) {
        try {
            return new ServerDirectory(directory.toAbsolutePath().normalize())
                    .left()
                    .map(LeftServer::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return left.pid();
    }

    /** Stops it cleanly, by force if it does not obey, and returns when it is gone. */
    public void stop() {
        try {
            left.stop(PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
