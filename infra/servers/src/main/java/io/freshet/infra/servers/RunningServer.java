package io.freshet.infra.servers;

/**
 * A server that was started here and is stopped by whoever started it.
 *
 * <p>A server that is its own process is not bound to the life of this JVM: unless it is closed, it
 * stays when the JVM ends. A container does not. The methods are called by one thread at a time.
 *
 * <p>Faults are injected with {@link #kill}, {@link #pause} and {@link #resume}. A Kafka that runs
 * inside this JVM has no process of its own, so {@link #pid} and those three throw {@link
 * UnsupportedOperationException} there: start it with {@link KafkaOptions#ownProcess(boolean)}.
 */
public interface RunningServer extends AutoCloseable {

    /** The server's process id, as the machine that runs it sees it. */
    long pid();

    /** Whether the server's process exists; true for a paused one. */
    boolean isAlive();

    /** Ends the server and all its processes with SIGKILL, as a power cut would; its data stay. */
    void kill();

    /**
     * Starts the server again on the same port and data, after a clean stop if it still runs.
     *
     * @throws ServerStartException if it does not come up
     */
    void restart();

    /**
     * Freezes the server and all its processes (SIGSTOP): connections stay open, nothing answers.
     */
    void pause();

    /** Continues a paused server (SIGCONT). */
    void resume();

    /** Stops the server cleanly, a paused one too, and keeps its data. Again: does nothing. */
    @Override
    void close();
}
