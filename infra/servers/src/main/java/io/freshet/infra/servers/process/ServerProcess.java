package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server's process together with the processes that it forks.
 *
 * <p>It runs in a session of its own where the system has {@code setsid}, so a Ctrl-C in the
 * terminal reaches this JVM alone, which can then stop its servers in order. Its output goes to a
 * file: a pipe would break, and the server with it, when this JVM ends first.
 */
public final class ServerProcess {
    private static final boolean HAS_SETSID =
            Stream.of("/usr/bin/setsid", "/bin/setsid").map(Path::of).anyMatch(Files::isExecutable);

    private final ProcessHandle root;
    private final Path log;

    private ServerProcess(ProcessHandle root, Path log) {
        this.root = root;
        this.log = log;
    }

    /**
     * Starts a command.
     *
     * @param environment added to this JVM's
     * @param log overwritten with what the command prints
     */
    public static ServerProcess launch(
            List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        List<String> inSession = new ArrayList<>();
        if (HAS_SETSID) {
            inSession.add("setsid");
        }
        inSession.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(inSession)
                        .directory(directory.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start().toHandle(), log);
    }

    public long pid() {
        return root.pid();
    }

    public ProcessHandle handle() {
        return root;
    }

    public boolean isAlive() {
        return root.isAlive();
    }

    /** Freezes all its processes, the root first so that it forks no more. */
    public void pause() throws IOException {
        Signal.STOP.sendTo(List.of(root));
        Signal.STOP.sendTo(root.descendants().toList());
    }

    public void resume() throws IOException {
        Signal.CONT.sendTo(root.descendants().toList());
        Signal.CONT.sendTo(List.of(root));
    }

    /** Ends all its processes with SIGKILL and returns when none of them is left. */
    public void kill() throws IOException {
        Signal.STOP.sendTo(List.of(root));
        List<ProcessHandle> all = Stream.concat(Stream.of(root), root.descendants()).toList();
        Signal.KILL.sendTo(all);
        for (ProcessHandle process : all) {
            if (!awaitExit(process, Duration.ofSeconds(10))) {
                throw new IOException("Process " + process.pid() + " survived SIGKILL");
            }
        }
    }

    /**
     * Ends it: the given signals one after the other, each with time to work, then SIGKILL.
     *
     * @param patience for each signal
     */
    public void stop(Duration patience, Signal... signals) throws IOException {
        if (!root.isAlive()) {
            return;
        }
        resume();
        for (Signal signal : signals) {
            signal.sendTo(List.of(root));
            if (awaitExit(root, patience)) {
                return;
            }
        }
        kill();
    }

    /** The last lines that it printed, for error messages; empty if there are none. */
    public String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException unreadable) {
            return "";
        }
    }

    public Path log() {
        return log;
    }

    private static boolean awaitExit(ProcessHandle process, Duration patience) throws IOException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("Waiting for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for process " + process.pid(), e);
        }
    }
}
