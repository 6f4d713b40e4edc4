package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of an unpacked directory's files and sizes, kept in the directory itself. */
final class FileList {
    private static final String NAME = "files.list";

    private FileList() {}

    static void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(NAME), listing(directory));
    }

    /** Whether the directory holds what it held when the list was written. */
    static boolean isComplete(Path directory) throws IOException {
        Path list = directory.resolve(NAME);
        return Files.exists(list) && Files.readString(list).equals(listing(directory));
    }

    private static String listing(Path directory) throws IOException {
        try (Stream<Path> files =
                Files.find(directory, Integer.MAX_VALUE, (file, a) -> a.isRegularFile())) {
            return files.filter(file -> !file.endsWith(NAME))
                    .map(file -> directory.relativize(file) + " " + file.toFile().length() + "\n")
                    .sorted()
                    .collect(Collectors.joining());
        }
    }
}
