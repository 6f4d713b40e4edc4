package io.freshet.infra.servers;

import io.freshet.infra.servers.process.ServerDirectory;
import io.freshet.infra.servers.process.ServerDirectory.StartLock;
import io.freshet.infra.servers.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is a process of this machine: the life cycle that all of them share. */
abstract class ProcessServer implements RunningServer {
    private static final Logger log = LoggerFactory.getLogger(ProcessServer.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final String name;
    private final ServerDirectory directory;
    private volatile @Nullable ServerProcess process;

    ProcessServer(String name, Path directory) {
        this.name = name;
        this.directory = new ServerDirectory(directory);
    }

    /** Prepares the directory and starts the process; the start lock is held. */
    abstract ServerProcess launch(ServerDirectory directory) throws IOException;

    /** Returns when the server answers, as {@link Readiness} does. */
    abstract void awaitReady(ServerProcess process);

    final void start() {
        long begun = System.nanoTime();
        try (StartLock _ = directory.lock()) {
            ServerProcess launched = launch(directory);
            awaitReady(launched);
            process = launched;
        } catch (IOException e) {
            throw new ServerStartException(
                    name + " did not start in " + directory.path() + ": " + e.getMessage(), e);
        }
        log.atInfo()
                .addKeyValue("server", name)
                .addKeyValue("pid", pid())
                .addKeyValue("directory", directory.path())
                .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("Started");
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "not started");
    }

    @Override
    public final long pid() {
        return process().pid();
    }

    @Override
    public final boolean isAlive() {
        return process().isAlive();
    }

    @Override
    public final void kill() {
        attempt(process()::kill);
    }

    @Override
    public final void restart() {
        close();
        start();
    }

    @Override
    public final void pause() {
        attempt(process()::pause);
    }

    @Override
    public final void resume() {
        attempt(process()::resume);
    }

    @Override
    public final void close() {
        attempt(() -> process().stop(STOP_PATIENCE));
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
