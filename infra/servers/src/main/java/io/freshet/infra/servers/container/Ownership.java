package io.freshet.infra.servers.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This JVM as the owner of containers and volumes.
 *
 * <p>Each carries a label that names a file, and the JVM holds a lock on that file for as long as
 * it lives. At its end the JVM removes what it owns. A file that can be locked belonged to a JVM
 * that was killed: the next one removes what carries its name. A file that is not there says
 * nothing, it may be another machine's, so what names it is left alone. Testcontainers' own reaper,
 * one more image, is thereby not needed.
 *
 * @param file the owner's file
 * @param lock open, with the lock, to the JVM's end
 * @param docker the engine's client
 */
record Ownership(Path file, FileChannel lock, DockerClient docker) {
    private static final Logger log = LoggerFactory.getLogger(Ownership.class);
    private static @Nullable Ownership current;

    /** The one of this JVM, begun when first asked for. */
    static synchronized Ownership current(DockerClient docker) throws IOException {
        if (current == null) {
            removeWhatKilledOwnersLeft(docker);
            current = begin(docker);
        }
        return current;
    }

    Belongings belongings() {
        return new Belongings(docker, file.toString());
    }

    private static Ownership begin(DockerClient docker) throws IOException {
        Path file = Files.createTempFile("freshet-containers", ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.lock();
        Ownership ownership = new Ownership(file, channel, docker);
        Runtime.getRuntime().addShutdownHook(new Thread(ownership::end, "containers-remove"));
        return ownership;
    }

    private void end() {
        try (lock) {
            belongings().removeAll();
            Files.deleteIfExists(file);
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("owner", file).setCause(e).log("Containers may be left");
        }
    }

    private static void removeWhatKilledOwnersLeft(DockerClient docker) {
        List<Container> all =
                docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Belongings.OWNER))
                        .exec();
        all.stream()
                .map(container -> container.getLabels().get(Belongings.OWNER))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())
                .forEach(owner -> removeIfKilled(docker, owner));
    }

    private static void removeIfKilled(DockerClient docker, String owner) {
        Path file = Path.of(owner);
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                new Belongings(docker, owner).removeAll();
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException notMine) {
            log.atDebug().addKeyValue("owner", owner).setCause(notMine).log("Left alone");
        }
    }
}
