package io.freshet.infra.check.fault;

import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a Redis keeps of its entries on disk: the append-only files. */
record RedisData(Path directory) {
    private static final String APPENDED = "appendonlydir";

    static RedisData of(Instance instance) {
        return new RedisData(instance.directory().data(Part.REDIS));
    }

    /** Safe while Redis writes: what it appends meanwhile is cut off when it is loaded. */
    void copyTo(Path other) throws IOException {
        copy(directory.resolve(APPENDED), other.resolve(APPENDED));
    }

    void copyFrom(Path other) throws IOException {
        copy(other.resolve(APPENDED), directory.resolve(APPENDED));
    }

    void delete() throws IOException {
        Directories.delete(directory.resolve(APPENDED));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (var all = Files.list(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            try {
                Files.copy(file, to.resolve(file.getFileName()));
            } catch (NoSuchFileException _) {
                // A temporary file that Redis has renamed by now.
            }
        }
    }
}
