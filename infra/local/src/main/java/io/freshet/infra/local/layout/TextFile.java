package io.freshet.infra.local.layout;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A small text file that readers see whole or not at all. */
public final class TextFile {
    private TextFile() {}

    /** Replaces the file's content in one step; only its owner can read it. */
    public static void replace(Path file, String content) throws IOException {
        Path beside =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(beside, content);
            Files.move(beside, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
