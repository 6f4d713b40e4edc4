package io.freshet.infra.servers.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.nio.file.Path;
import java.util.List;

/**
 * The containers and volumes on an engine that carry one owner's label.
 *
 * @param docker the engine's client
 * @param owner whose
 */
record Belongings(DockerClient docker, String owner) {
    /** Names the JVM that a container or a volume belongs to. */
    static final String OWNER = "io.freshet.owner";

    /** Names the directory that a volume stands for. */
    static final String DIRECTORY = "io.freshet.directory";

    void removeAll() {
        containers().forEach(this::remove);
        volumes().forEach(this::remove);
    }

    /** Removes the volumes that stand for a directory or for one below it. */
    void removeVolumesUnder(Path directory) {
        volumes().stream()
                .filter(volume -> Path.of(volume.getLabels().get(DIRECTORY)).startsWith(directory))
                .forEach(this::remove);
    }

    private List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER + "=" + owner))
                .exec();
    }

    private List<InspectVolumeResponse> volumes() {
        return docker.listVolumesCmd()
                .withFilter("label", List.of(OWNER + "=" + owner))
                .exec()
                .getVolumes();
    }

    private void remove(Container container) {
        try {
            docker.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException gone) {
            return;
        } catch (ConflictException beingRemoved) {
            Removal.await(docker, container.getId());
        }
    }

    private void remove(InspectVolumeResponse volume) {
        try {
            docker.removeVolumeCmd(volume.getName()).exec();
        } catch (NotFoundException gone) {
            return;
        }
    }
}
