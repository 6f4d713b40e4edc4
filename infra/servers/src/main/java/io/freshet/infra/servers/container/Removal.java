package io.freshet.infra.servers.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;

/** The removal of a container that somebody else has begun, the end of which is waited for. */
final class Removal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Removal() {}

    static void await(DockerClient docker, String container) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (exists(docker, container) && System.nanoTime() - deadline < 0) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean exists(DockerClient docker, String container) {
        try {
            docker.inspectContainerCmd(container).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }
}
