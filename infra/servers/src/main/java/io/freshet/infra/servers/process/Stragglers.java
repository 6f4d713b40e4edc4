package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a dead server's own processes left behind. A server whose first process was killed alone
 * leaves the others for a moment, or for good if they are paused.
 */
public record Stragglers(List<ProcessHandle> processes) {

    public Stragglers {
        processes = List.copyOf(processes);
    }

    /**
     * The processes of a program that work in a directory; none where the system does not tell (it
     * has no {@code /proc}). The caller knows that no server runs there.
     */
    public static Stragglers of(String program, Path directory) {
        return new Stragglers(
                ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().command().orElse("").endsWith("/" + program))
                        .filter(process -> worksIn(process, directory))
                        .toList());
    }

    /** Ends them with SIGKILL. */
    public void end() throws IOException {
        Signal.KILL.sendTo(processes);
        for (ProcessHandle process : processes) {
            ProcessTree.awaitExit(process, Duration.ofSeconds(10));
        }
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .equals(directory.toRealPath());
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
