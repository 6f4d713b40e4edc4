package io.freshet.infra.servers.container;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * The volume in which a container keeps its data: one for each directory and owner.
 *
 * @param ownership whose it is
 * @param directory what it stands for; nothing is written there
 */
record DataVolume(Ownership ownership, Path directory) {

    /** Fit for a volume and for a container. */
    String name() {
        HexFormat hex = HexFormat.of();
        return "freshet-"
                + hex.toHexDigits(ownership.file().hashCode())
                + "-"
                + directory.getFileName()
                + "-"
                + hex.toHexDigits(directory.hashCode());
    }

    Map<String, String> labels() {
        return Map.of(
                Belongings.OWNER,
                ownership.file().toString(),
                Belongings.DIRECTORY,
                directory.toString());
    }

    /** Creates it where it is absent. */
    void create() {
        ownership.docker().createVolumeCmd().withName(name()).withLabels(labels()).exec();
    }
}
