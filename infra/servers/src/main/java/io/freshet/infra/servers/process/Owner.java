package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The numeric user ids that own files. */
final class Owner {
    private static final String UID = "unix:uid";

    private Owner() {}

    static int of(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, UID, LinkOption.NOFOLLOW_LINKS);
    }

    /** The user that this JVM runs as: who owns what it creates. */
    static int ofThisProcess() throws IOException {
        Path probe = Files.createTempFile("freshet", ".uid");
        try {
            return of(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Gives a path and all that is in it to a user, which only root may do. */
    static void give(Path path, int uid) throws IOException {
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    // After what is in it: so an interrupted change is seen and taken up again.
                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        return visit(directory);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        return visit(file);
                    }

                    private FileVisitResult visit(Path one) throws IOException {
                        Files.setAttribute(one, UID, uid, LinkOption.NOFOLLOW_LINKS);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
