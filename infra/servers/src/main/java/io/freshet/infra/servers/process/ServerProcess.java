package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server's process together with the processes that it forks.
 *
 * <p>It runs in a session of its own where the system has {@code setsid}, so a Ctrl-C in the
 * terminal reaches this JVM alone, which can then stop its servers in order. Its output goes to a
 * file: a pipe would break, and the server with it, when this JVM ends first.
 */
public final class ServerProcess {
    private static final int TAIL_LINES = 15;
    private static final List<String> OWN_SESSION =
            Stream.of("/usr/bin/setsid", "/bin/setsid")
                    .filter(program -> Files.isExecutable(Path.of(program)))
                    .limit(1)
                    .toList();

    private final ProcessTree tree;
    private final Path log;
    private final List<Signal> stopSignals;

    private ServerProcess(ProcessTree tree, Path log, List<Signal> stopSignals) {
        this.tree = tree;
        this.log = log;
        this.stopSignals = stopSignals;
    }

    static ServerProcess launch(Command command, Path log, List<Signal> stopSignals)
            throws IOException {
        ProcessHandle root = command.under(OWN_SESSION).start(log).toHandle();
        return new ServerProcess(new ProcessTree(root), log, stopSignals);
    }

    public long pid() {
        return tree.root().pid();
    }

    public boolean isAlive() {
        return tree.root().isAlive();
    }

    /** Freezes all its processes. */
    public void pause() throws IOException {
        tree.pause();
    }

    public void resume() throws IOException {
        tree.resume();
    }

    /** Ends all its processes with SIGKILL and returns when none of them is left. */
    public void kill() throws IOException {
        tree.kill();
    }

    /** Ends it as it was said at the launch, each signal with the given time to work. */
    public void stop(Duration patience) throws IOException {
        tree.stop(stopSignals, patience);
    }

    /** What it printed so far; bytes that are not UTF-8 come out as replacement characters. */
    public List<String> printed() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    }

    /** Where its log is and how that ends, for a message. */
    public String describeLog() {
        try {
            List<String> lines = printed();
            List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "Its log, " + log + ", ends:\n" + String.join("\n", tail);
        } catch (IOException unreadable) {
            return "Its log, " + log + ", cannot be read: " + unreadable.getMessage();
        }
    }
}
