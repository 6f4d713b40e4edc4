package io.freshet.infra.servers;

import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary directory of the servers that the tests of one JVM share.
 *
 * <p>The JVM holds a lock on a file in it for as long as it lives. A directory whose lock can be
 * had belongs to a JVM that was killed before it could clean up: the next one stops the servers
 * that still run in it and deletes it.
 *
 * @param ownership open, with the lock, to the JVM's end
 */
record SharedDirectory(Path path, FileChannel ownership) {
    private static final Logger log = LoggerFactory.getLogger(SharedDirectory.class);
    private static final String PREFIX = "freshet-test";
    private static final String LOCK = "owner.lock";

    /** A new one, after those that nobody owns any more are gone. */
    static SharedDirectory create() {
        return createIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static SharedDirectory createIn(Path parent) {
        try {
            sweep(parent);
            Path path = Files.createTempDirectory(parent, PREFIX);
            Path unlocked = path.resolve(LOCK + ".new");
            FileChannel channel =
                    FileChannel.open(
                            unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            // Nobody ever sees it without its lock.
            Files.move(unlocked, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return new SharedDirectory(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : all) {
                try {
                    sweepIfOwnerIsGone(directory);
                } catch (IOException | RuntimeException notMine) {
                    log.atDebug()
                            .addKeyValue("directory", directory)
                            .setCause(notMine)
                            .log("Left behind, and not to be removed by this user");
                }
            }
        }
    }

    private static void sweepIfOwnerIsGone(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return;
            }
            try (DirectoryStream<Path> servers = Files.newDirectoryStream(directory)) {
                for (Path server : servers) {
                    LeftServer.in(server).ifPresent(LeftServer::stop);
                }
            }
            Directories.delete(directory);
        }
    }
}
