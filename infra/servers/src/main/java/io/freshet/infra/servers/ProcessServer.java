package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerProcess;
import io.freshet.infra.servers.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A server that is a process of this machine: the life cycle that all of them share. */
abstract class ProcessServer implements RunningServer {
    private ServerProcess process;

    ProcessServer(ServerProcess process) {
        this.process = process;
    }

    /** Starts the process again and waits until it serves. */
    abstract ServerProcess startAgain();

    /** What asks this server to stop cleanly, and what to try next. */
    abstract Signal[] stopSignals();

    /** How long each of those may take. */
    Duration stopPatience() {
        return Duration.ofSeconds(15);
    }

    @Override
    public final long pid() {
        return process.pid();
    }

    @Override
    public final boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public final void kill() {
        attempt(process::kill);
    }

    @Override
    public final void restart() {
        close();
        process = startAgain();
    }

    @Override
    public final void pause() {
        attempt(process::pause);
    }

    @Override
    public final void resume() {
        attempt(process::resume);
    }

    @Override
    public final void close() {
        attempt(() -> process.stop(stopPatience(), stopSignals()));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void attempt(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
