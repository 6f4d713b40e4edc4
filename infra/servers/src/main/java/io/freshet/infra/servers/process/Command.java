package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program with its arguments, ready to be started.
 *
 * @param environment added to this JVM's
 * @param directory that it works in
 */
public record Command(List<String> words, Map<String, String> environment, Path directory) {
    private static final Path NOTHING = Path.of("/dev/null");

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** A command in this JVM's environment. */
    public static Command of(List<String> words) {
        return new Command(words, Map.of(), Path.of("/"));
    }

    /** The same command started by another one, as with sudo. */
    public Command under(List<String> prefix) {
        List<String> all = Stream.concat(prefix.stream(), words.stream()).toList();
        return new Command(all, environment, directory);
    }

    /**
     * Starts it without waiting.
     *
     * @param output overwritten with what it prints
     */
    Process start(Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectInput(NOTHING.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * Runs it to its end.
     *
     * @param output overwritten with what it prints
     * @param timeout after which it is killed
     * @return its exit value
     * @throws IOException if it cannot be started or does not end in time
     */
    public int run(Path output, Duration timeout) throws IOException {
        Process process = start(output);
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new IOException(words.getFirst() + " did not end within " + timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + words.getFirst() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether it can be started and ends well; what it prints is dropped. */
    boolean succeeds() throws IOException {
        try {
            return run(NOTHING, Duration.ofSeconds(20)) == 0;
        } catch (IOException notStarted) {
            if (Thread.currentThread().isInterrupted()) {
                throw notStarted;
            }
            return false;
        }
    }
}
