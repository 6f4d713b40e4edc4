package io.freshet.infra.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process by number and start time: the number alone may belong to another process by now.
 *
 * @param started when the operating system says that it started; some compute it anew from the
 *     clock, so two readings may differ a little
 */
public record ProcessId(long pid, Instant started) {
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** The running process of that number, or nothing. */
    public static Optional<ProcessId> running(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new ProcessId(pid, startOf(handle)));
    }

    /** What the file says, or nothing when it is absent or not one of ours. */
    public static Optional<ProcessId> readFrom(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        try {
            return words.length < 2
                    ? Optional.empty()
                    : Optional.of(
                            new ProcessId(
                                    Long.parseLong(words[0]),
                                    Instant.ofEpochMilli(Long.parseLong(words[1]))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public void writeTo(Path file) throws IOException {
        TextFile.replace(file, pid + " " + started.toEpochMilli() + "\n");
    }

    /**
     * The living process that this names, or nothing when it ended, even if its number is in use
     * again.
     */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        Duration.between(started, startOf(handle)).abs().compareTo(TOLERANCE) <= 0);
    }

    /** Waits until the process is gone. */
    public void awaitEnd() {
        alive().ifPresent(handle -> handle.onExit().join());
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }
}
