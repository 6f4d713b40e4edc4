package io.freshet.infra.servers.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine. Safe for use by several threads. */
public final class Engine {
    private static final Duration PULL_PATIENCE = Duration.ofMinutes(10);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private final DockerClient docker;

    private Engine(DockerClient docker) {
        this.docker = docker;
    }

    /**
     * The engine that Testcontainers finds.
     *
     * @throws IOException saying what to do, if none answers or it is another machine's
     */
    public static Engine connect() throws IOException {
        try {
            DockerClientFactory factory = DockerClientFactory.instance();
            DockerClient docker = factory.client();
            requireThisMachine(factory.getTransportConfig().getDockerHost());
            return new Engine(docker);
        } catch (RuntimeException e) {
            throw new IOException(
                    "no Docker engine can be used ("
                            + e.getMessage()
                            + "). Start one, or let DOCKER_HOST name it; or leave out -Pcontainers,"
                            + " and the same servers run without an engine. Outside Maven the"
                            + " environment variables of docs/containers.md must be set",
                    e);
        }
    }

    private static void requireThisMachine(URI address) throws IOException {
        if (address.getScheme().equals("tcp") && !LOOPBACK.contains(address.getHost())) {
            throw new IOException(
                    "the Docker engine is at "
                            + address
                            + ", but servers are reached at 127.0.0.1: use an engine of this"
                            + " machine, or leave out -Pcontainers");
        }
    }

    DockerClient docker() {
        return docker;
    }

    /** Removes the data of this JVM that stand for a directory or for one below it. */
    public void discard(Path directory) throws IOException {
        Ownership.current(docker).belongings().removeVolumesUnder(directory);
    }

    /**
     * Makes sure that the engine has an image, pulling it once if it has not.
     *
     * @throws IOException saying what to do, if the image is not to be had
     */
    void require(ContainerImage image) throws IOException {
        if (has(image)) {
            return;
        }
        try {
            pull(image);
        } catch (DockerException e) {
            throw missing(image, e);
        }
    }

    private boolean has(ContainerImage image) {
        try {
            docker.inspectImageCmd(image.name()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private void pull(ContainerImage image) throws IOException {
        try {
            boolean done =
                    docker.pullImageCmd(image.name())
                            .exec(new ResultCallback.Adapter<PullResponseItem>())
                            .awaitCompletion(PULL_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!done || !has(image)) {
                throw missing(image, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + image.name() + " was pulled", e);
        }
    }

    private static IOException missing(ContainerImage image, @Nullable Exception cause) {
        String reason = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new IOException(
                "the Docker engine has no image "
                        + image.name()
                        + " and could not pull it"
                        + reason
                        + ". Load it with docker load or docker import, or name another one with -D"
                        + image.property()
                        + "=...; docs/containers.md tells how to make one without a registry",
                cause);
    }
}
