package io.freshet.infra.servers.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to make a server's container.
 *
 * @param image what it is made of
 * @param directory stands for the server's data: the same volume for the same directory
 * @param mount where in the container that volume is
 * @param port on 127.0.0.1 of this machine; the server listens on the same one in the container
 * @param environment variables of the server
 * @param files put into the container before it starts: path there and content
 * @param command the words that follow the image; empty for the image's own
 */
public record ContainerPlan(
        ContainerImage image,
        Path directory,
        String mount,
        int port,
        Map<String, String> environment,
        Map<String, String> files,
        List<String> command) {

    public ContainerPlan {
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
        command = List.copyOf(command);
    }
}
