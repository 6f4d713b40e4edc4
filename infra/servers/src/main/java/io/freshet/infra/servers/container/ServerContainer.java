package io.freshet.infra.servers.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A container with one server in it, started here. It is removed when it is stopped; its data are
 * in a volume of their own and stay.
 */
public final class ServerContainer {
    private static final long SHARED_MEMORY_BYTES = 256L * 1024 * 1024;
    private static final int LOG_CHARACTERS = 4_000;

    private final DockerClient docker;
    private final GenericContainer<?> container;
    private final String id;
    private final long pid;

    private ServerContainer(DockerClient docker, GenericContainer<?> container) throws IOException {
        this.docker = docker;
        this.container = container;
        this.id = container.getContainerId();
        this.pid =
                Objects.requireNonNullElse(
                        docker.inspectContainerCmd(id).exec().getState().getPidLong(), 0L);
    }

    /**
     * Makes the container and starts it; the server in it may not answer yet.
     *
     * @throws IOException saying what to do, if there is no image or the engine refuses
     */
    public static ServerContainer start(Engine engine, ContainerPlan plan) throws IOException {
        engine.require(plan.image());
        DockerClient docker = engine.docker();
        DataVolume volume = new DataVolume(Ownership.current(docker), plan.directory());
        volume.create();
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(plan.image().name()));
        container.withEnv(plan.environment());
        plan.files()
                .forEach((path, content) ->
                        container.withCopyToContainer(Transferable.of(content), path));
        container.withLabels(volume.labels());
        container.withCreateContainerCmdModifier(command -> shape(command, plan, volume));
        container.waitingFor(new AnyState());
        try {
            container.start();
            return new ServerContainer(docker, container);
        } catch (ContainerLaunchException | DockerException e) {
            container.stop();
            throw new IOException(reason(e, volume), e);
        }
    }

    private static void shape(CreateContainerCmd command, ContainerPlan plan, DataVolume volume) {
        if (!plan.command().isEmpty()) {
            command.withCmd(plan.command());
        }
        // The name is taken as long as another server works on the same data.
        command.withName(volume.name());
        ExposedPort port = ExposedPort.tcp(plan.port());
        command.withExposedPorts(port);
        Objects.requireNonNull(command.getHostConfig())
                .withPortBindings(
                        List.of(
                                new PortBinding(
                                        Binding.bindIpAndPort("127.0.0.1", plan.port()), port)))
                .withBinds(new Bind(volume.name(), new Volume(plan.mount())))
                .withShmSize(SHARED_MEMORY_BYTES);
    }

    private static String reason(Throwable failure, DataVolume volume) {
        Throwable cause = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ConflictException) {
                return "it still runs there, as container " + volume.name() + ": close it first";
            }
            cause = next;
        }
        return String.valueOf(cause.getMessage());
    }

    /** As the engine's machine sees it. */
    public long pid() {
        return pid;
    }

    /** Whether its process exists; true for a paused one. */
    public boolean isAlive() {
        try {
            return Boolean.TRUE.equals(state().getRunning());
        } catch (NotFoundException removed) {
            return false;
        }
    }

    /** Ends it with SIGKILL and returns when it is gone. */
    public void kill() {
        try {
            docker.killContainerCmd(id).exec();
        } catch (NotFoundException | ConflictException gone) {
            return;
        }
        docker.waitContainerCmd(id).exec(new WaitContainerResultCallback()).awaitStatusCode();
    }

    /** Freezes all its processes. */
    public void pause() {
        docker.pauseContainerCmd(id).exec();
    }

    /** Continues it, if it is paused. */
    public void resume() {
        if (isAlive() && Boolean.TRUE.equals(state().getPaused())) {
            docker.unpauseContainerCmd(id).exec();
        }
    }

    /** Stops it cleanly, by force if it does not obey, and removes it. Again: does nothing. */
    public void stop(Duration patience) {
        try {
            resume();
            docker.stopContainerCmd(id).withTimeout((int) patience.toSeconds()).exec();
        } catch (NotFoundException | NotModifiedException gone) {
            // Nothing to stop, perhaps something to remove.
        }
        container.stop();
    }

    /** The end of what it printed, for messages. */
    public String describeLog() {
        String printed = container.getLogs().strip();
        return "Its log ends:\n"
                + printed.substring(Math.max(0, printed.length() - LOG_CHARACTERS));
    }

    private ContainerState state() {
        return docker.inspectContainerCmd(id).exec().getState();
    }

    /** Whether the server answers is asked by whoever knows the server. */
    private static final class AnyState extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
