package io.freshet.infra.local.launch;

import io.freshet.infra.servers.process.Directories;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service's executable jar, unpacked into a directory that belongs to this very build of it.
 *
 * <p>Unpacked it starts faster than as a jar of jars, and a build beside a running instance does
 * not pull the classes from under its feet. Beside it lies, once {@link StartTraining trained}, the
 * cache of its classes that makes it start in half the time.
 *
 * @param name the service's
 * @param jar as Spring Boot's Maven plugin makes it
 * @param parent of the unpacked directory
 */
record BootApplication(String name, Path jar, Path parent) {
    private static final long UNPACK_SECONDS = 60;

    /**
     * The jar to start, with its libraries beside it; unpacks it at the first call after a build.
     */
    Path unpacked() throws IOException, InterruptedException {
        Path home = parent.resolve(name + "-" + buildId());
        Path start = home.resolve(jar.getFileName());
        if (!Files.exists(start)) {
            removeOlder();
            Path fresh = parent.resolve(home.getFileName() + ".new");
            Directories.delete(fresh);
            unpackInto(fresh);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return start;
    }

    /**
     * Where the JVM keeps what it learned of the start of an {@linkplain #unpacked unpacked} jar.
     */
    static Path startCache(Path unpacked) {
        return unpacked.resolveSibling("start.aot");
    }

    private void unpackInto(Path directory) throws IOException, InterruptedException {
        File output = parent.resolve(name + ".unpack.log").toFile();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        JavaCommand.executable(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Djarmode=tools",
                                        "-jar",
                                        jar.toString(),
                                        "extract",
                                        "--destination",
                                        directory.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        if (!process.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("%s was not unpacked, see %s".formatted(jar, output));
        }
        Files.delete(output.toPath());
    }

    private void removeOlder() throws IOException {
        List<Path> older;
        try (var all = Files.list(parent)) {
            older =
                    all.filter(path -> path.getFileName().toString().startsWith(name + "-"))
                            .toList();
        }
        for (Path directory : older) {
            Directories.delete(directory);
        }
    }

    /** Size and time: a build that changes nothing leaves the jar as it was. */
    private String buildId() throws IOException {
        return Long.toHexString(Files.size(jar))
                + "-"
                + Long.toHexString(Files.getLastModifiedTime(jar).toMillis());
    }
}
