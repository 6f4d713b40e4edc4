package io.freshet.infra.servers.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory in which the servers' programs are unpacked, once per user and machine.
 *
 * <p>A program's directory carries the checksum of the archive that it came from. It is unpacked by
 * one JVM at a time, under another name, and renamed in one step: nobody sees half of it. A list of
 * the files with their sizes tells whether something (a cleaner of temporary files) has taken a
 * part away since; then it is unpacked anew.
 */
public final class BinaryCache {
    /** The system property that places the cache elsewhere than in the temporary directory. */
    public static final String PROPERTY = "freshet.servers.cache";

    private final Path root;

    public BinaryCache(Path root) {
        this.root = root;
    }

    /** The cache that {@link #PROPERTY} names, or the user's own in the temporary directory. */
    public static BinaryCache configured() {
        String set = System.getProperty(PROPERTY);
        return new BinaryCache(
                set != null
                        ? Path.of(set).toAbsolutePath()
                        : Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "freshet-servers-" + System.getProperty("user.name")));
    }

    /** Fills an empty directory from an archive. */
    @FunctionalInterface
    public interface Unpacker {
        void unpack(InputStream archive, Path into) throws IOException;
    }

    /**
     * The directory with an archive's unpacked content.
     *
     * @param archive a resource on the class path
     * @param name what its directory's name begins with
     */
    public Path get(URL archive, String name, Unpacker unpacker) throws IOException {
        createRoot();
        Path home = root.resolve(name + "-" + checksum(archive));
        if (FileList.isComplete(home)) {
            return home;
        }
        synchronized (BinaryCache.class) {
            try (FileChannel channel =
                            FileChannel.open(
                                    root.resolve("unpack.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!FileList.isComplete(home)) {
                    unpack(archive, home, unpacker);
                }
                return home;
            }
        }
    }

    private static void unpack(URL archive, Path home, Unpacker unpacker) throws IOException {
        Path fresh = home.resolveSibling(home.getFileName() + ".new");
        Directories.delete(fresh);
        Files.createDirectory(fresh);
        try (InputStream in = archive.openStream()) {
            unpacker.unpack(in, fresh);
        }
        FileList.write(fresh);
        Directories.delete(home);
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets everybody read and execute a file, and its owner write it. */
    public static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void createRoot() throws IOException {
        Files.createDirectories(
                root,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        // The temporary directory is everybody's: programs planted there must not be run.
        boolean trusted =
                Owner.of(root) == Owner.ofThisProcess()
                        && !Files.getPosixFilePermissions(root)
                                .contains(PosixFilePermission.OTHERS_WRITE);
        if (!trusted) {
            throw new IOException(
                    root
                            + " belongs to another user or can be written by all: delete it, or"
                            + " name another directory with -D"
                            + PROPERTY);
        }
    }

    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }
}
