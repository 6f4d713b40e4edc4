package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server's directory, in which one server runs at a time.
 *
 * <p>A note in it names the process that was started last and how to stop it, so that a JVM finds
 * what an earlier one left running. A process counts as that server only if its command line names
 * this directory: process ids are used again.
 */
public record ServerDirectory(Path path) {
    private static final String NOTE = "server.pid";
    private static final String LOCK = "start.lock";

    /** Those that this JVM has locked: the lock on a file tells only other JVMs. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    /** Held while a server is started, and as long as it runs inside this JVM. */
    public interface StartLock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /**
     * Takes the directory for a start, creating it when absent.
     *
     * @throws IOException saying why, if it cannot be written, or another start is under way, or a
     *     server runs in it
     */
    public StartLock lock() throws IOException {
        Files.createDirectories(path);
        if (!Files.isWritable(path)) {
            throw new IOException(
                    "this user cannot write there: choose another directory, or delete it as its"
                            + " owner");
        }
        if (!TAKEN.add(path)) {
            throw busy();
        }
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        StartLock lock =
                () -> {
                    channel.close();
                    TAKEN.remove(path);
                };
        try {
            if (channel.tryLock() == null) {
                throw busy();
            }
            requireNoneRunning();
            return lock;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static IOException busy() {
        return new IOException(
                "it is being started there, or runs there inside another program: wait for that, or"
                        + " end it");
    }

    private void requireNoneRunning() throws IOException {
        Optional<Left> left = left();
        if (left.isPresent()) {
            throw new IOException(
                    "it still runs there, from an earlier start, as process "
                            + left.get().pid()
                            + ": stop it ("
                            + left.get().stopCommand()
                            + ") and start again");
        }
    }

    /**
     * Starts the server. The caller holds the lock.
     *
     * @param command with this directory's path among its words
     * @param log name of the file for its output
     * @param stopSignals what stops it cleanly, and what to try next
     */
    public ServerProcess launch(Command command, String log, List<Signal> stopSignals)
            throws IOException {
        ServerProcess process = ServerProcess.launch(command, path.resolve(log), stopSignals);
        List<String> note = new ArrayList<>(List.of(Long.toString(process.pid())));
        stopSignals.forEach(signal -> note.add(signal.name()));
        Files.write(path.resolve(NOTE), note);
        return process;
    }

    /** The server that an earlier start left running here, if there is one. */
    public Optional<Left> left() throws IOException {
        Path note = path.resolve(NOTE);
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(note);
        if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        List<Signal> signals = lines.stream().skip(1).map(Signal::valueOf).toList();
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(process -> process.isAlive() && mentions(process, path))
                .map(process -> new Left(process, signals));
    }

    /** Whether a process names a path in its command line, or in the title that it gave itself. */
    public static boolean mentions(ProcessHandle process, Path path) {
        return commandLine(process).contains(path.toString());
    }

    private static String commandLine(ProcessHandle process) {
        try {
            // Where a process set its title, the ProcessHandle tells only the first word of it.
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException goneOrNoSuchSystem) {
            return process.info().commandLine().orElse("");
        }
    }

    /** A server that still runs though the JVM that started it may be gone. */
    public record Left(ProcessHandle process, List<Signal> stopSignals) {

        public long pid() {
            return process.pid();
        }

        /** The shell command that stops it cleanly. */
        public String stopCommand() {
            return "kill -" + stopSignals.getFirst() + " " + pid();
        }

        /** Stops it cleanly, by force if it does not obey. */
        public void stop(Duration patience) throws IOException {
            new ProcessTree(process).stop(stopSignals, patience);
        }
    }
}
