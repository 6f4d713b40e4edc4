package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The account that a server which refuses to be root runs under.
 *
 * <p>An ordinary user runs it as himself. Root enters a user namespace in which it is nobody; where
 * the kernel or a container forbids that, root becomes the user {@value Unprivileged#UID}.
 */
public sealed interface Account {

    /** What goes in front of the server's command. */
    List<String> prefix();

    /** Who has to own the server's data. */
    int ownerUid();

    /** This JVM's user. */
    record Same(int ownerUid) implements Account {
        @Override
        public List<String> prefix() {
            return List.of();
        }
    }

    /**
     * Root in a user namespace without a mapping: files stay root's, the process sees uid 65534.
     */
    record UserNamespace() implements Account {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "-U");
        }

        @Override
        public int ownerUid() {
            return 0;
        }
    }

    /** Root that gives itself up for the user {@value #UID}, by setpriv or else by chroot. */
    record Unprivileged(List<String> prefix) implements Account {
        /** The user that Linux systems call nobody. */
        static final int UID = 65_534;

        @Override
        public int ownerUid() {
            return UID;
        }
    }

    /**
     * The account for this JVM's user on this system.
     *
     * @throws IOException if this is root and there is no way to be anybody else
     */
    static Account current() throws IOException {
        int uid = uidOfThisProcess();
        if (uid != 0) {
            return new Same(uid);
        }
        if (works(List.of("unshare", "-U"))) {
            return new UserNamespace();
        }
        String id = Integer.toString(Unprivileged.UID);
        for (List<String> prefix :
                List.of(
                        List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"),
                        List.of("chroot", "--userspec=" + id + ":" + id, "--groups=", "/"))) {
            if (works(prefix)) {
                return new Unprivileged(prefix);
            }
        }
        throw new IOException(
                "PostgreSQL does not run as root, and neither unshare -U nor setpriv nor chroot"
                        + " --userspec works here: start as an ordinary user");
    }

    /** Makes the account the owner of a directory and all that is in it, if it is not yet. */
    default void own(Path directory) throws IOException {
        if (this instanceof Same || uidOf(directory) == ownerUid()) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a)
                            throws IOException {
                        return chown(dir);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        return chown(file);
                    }
                });
    }

    private FileVisitResult chown(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", ownerUid(), LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }

    private static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static int uidOfThisProcess() throws IOException {
        Path probe = Files.createTempFile("freshet", ".uid");
        try {
            return uidOf(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean works(List<String> prefix) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("true")).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
