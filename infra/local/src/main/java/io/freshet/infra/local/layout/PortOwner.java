package io.freshet.infra.local.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the process that listens on a port, where this user may know: from Linux's /proc, else from
 * lsof.
 */
final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private PortOwner() {}

    static Optional<ProcessHandle> of(int port) {
        try {
            return Files.isReadable(PROC.resolve("net/tcp")) ? fromProc(port) : fromLsof(port);
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> fromProc(int port) throws IOException {
        Set<String> sockets =
                Stream.concat(
                                listening(PROC.resolve("net/tcp"), port),
                                listening(PROC.resolve("net/tcp6"), port))
                        .collect(Collectors.toSet());
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses().filter(process -> holds(process, sockets)).findFirst();
    }

    /**
     * The names of the sockets that listen on the port, as they appear among a process's open
     * files.
     */
    private static Stream<String> listening(Path table, int port) throws IOException {
        if (!Files.isReadable(table)) {
            return Stream.empty();
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return Files.readAllLines(table).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(cells -> cells.length > 9)
                .filter(cells -> cells[1].endsWith(suffix) && cells[3].equals(LISTEN))
                .map(cells -> "socket:[" + cells[9] + "]");
    }

    private static boolean holds(ProcessHandle process, Set<String> sockets) {
        Path files = PROC.resolve(Long.toString(process.pid())).resolve("fd");
        try (var open = Files.newDirectoryStream(files)) {
            for (Path file : open) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException _) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }

    private static Optional<ProcessHandle> fromLsof(int port)
            throws IOException, InterruptedException {
        Process lsof =
                new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!lsof.waitFor(5, TimeUnit.SECONDS)) {
            lsof.destroyForcibly();
        }
        return output.lines()
                .findFirst()
                .filter(line -> line.chars().allMatch(Character::isDigit))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
    }
}
