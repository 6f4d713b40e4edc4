package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process and all that it forked, treated as one. */
record ProcessTree(ProcessHandle root) {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration DEATH = Duration.ofSeconds(10);

    /** Freezes all of it, the root first so that it forks no more. */
    void pause() throws IOException {
        Signal.STOP.sendTo(List.of(root));
        Signal.STOP.sendTo(root.descendants().toList());
    }

    void resume() throws IOException {
        Signal.CONT.sendTo(root.descendants().toList());
        Signal.CONT.sendTo(List.of(root));
    }

    /** Ends all of it with SIGKILL and returns when nothing is left. */
    void kill() throws IOException {
        Signal.STOP.sendTo(List.of(root));
        List<ProcessHandle> all = Stream.concat(Stream.of(root), root.descendants()).toList();
        Signal.KILL.sendTo(all);
        for (ProcessHandle process : all) {
            if (!awaitExit(process, DEATH)) {
                throw new IOException("Process " + process.pid() + " survived SIGKILL");
            }
        }
    }

    /**
     * Ends it: each signal gets the given time to work, after the last one comes SIGKILL. A paused
     * tree is resumed, for it could not obey.
     */
    void stop(List<Signal> signals, Duration patience) throws IOException {
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

    /**
     * Waits for a process's end, asking often: {@link ProcessHandle#onExit} looks only every 300 ms
     * at processes that are not this JVM's own children.
     *
     * @return whether it is gone
     */
    static boolean awaitExit(ProcessHandle process, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (process.isAlive() && !isForgotten(process)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                Thread.sleep(PAUSE);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for process " + process.pid(), e);
        }
    }

    /**
     * Dead, but with a parent that never asks for it, so that it stays in the process table. A
     * child of this JVM is asked for; only as a container's first process it also has foster
     * children.
     */
    private static boolean isForgotten(ProcessHandle process) {
        ProcessHandle self = ProcessHandle.current();
        if (self.pid() != 1 && process.parent().filter(self::equals).isPresent()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException goneOrNoSuchSystem) {
            return false;
        }
    }
}
