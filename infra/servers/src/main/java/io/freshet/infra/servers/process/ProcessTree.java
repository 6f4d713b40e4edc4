package io.freshet.infra.servers.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and all that it forked, treated as one. */
record ProcessTree(ProcessHandle root) {
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

    static boolean awaitExit(ProcessHandle process, Duration patience) throws IOException {
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
