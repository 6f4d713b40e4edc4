package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.ProcessId;
import io.freshet.infra.local.layout.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor publishes of its instance, as a file of tab-separated lines.
 *
 * @param supervisor the process that wrote it; when it is gone, so is the truth of the rest
 * @param message why it failed; empty otherwise
 * @param parts in their order
 */
public record InstanceStatus(
        ProcessId supervisor, Phase phase, String message, List<PartStatus> parts) {

    /** Where the instance is in its life. */
    public enum Phase {
        STARTING,
        UP,
        STOPPING,
        STOPPED,
        FAILED
    }

    public boolean allReady() {
        return parts.stream().allMatch(part -> part.word() == PartStatus.Word.READY);
    }

    public void writeTo(Path file) throws IOException {
        var text = new StringBuilder();
        line(
                text,
                "supervisor",
                phase.name(),
                supervisor.pid(),
                supervisor.started().toEpochMilli(),
                message);
        for (PartStatus part : parts) {
            line(
                    text,
                    part.part().label(),
                    part.word().name(),
                    part.pid(),
                    part.port(),
                    part.detail());
        }
        TextFile.replace(file, text.toString());
    }

    /** What the file says; nothing when it is absent or another version's. */
    public static Optional<InstanceStatus> readFrom(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            String[] head = lines.getFirst().split("\t", -1);
            List<PartStatus> parts = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                parts.add(
                        new PartStatus(
                                Part.labelled(cells[0]).orElseThrow(),
                                PartStatus.Word.valueOf(cells[1]),
                                Long.parseLong(cells[2]),
                                Integer.parseInt(cells[3]),
                                cells[4]));
            }
            var supervisor =
                    new ProcessId(
                            Long.parseLong(head[2]), Instant.ofEpochMilli(Long.parseLong(head[3])));
            return Optional.of(
                    new InstanceStatus(
                            supervisor, Phase.valueOf(head[1]), head[4], List.copyOf(parts)));
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | java.util.NoSuchElementException _) {
            return Optional.empty();
        }
    }

    private static void line(StringBuilder text, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : "\t")
                    .append(String.valueOf(cells[i]).replaceAll("[\\t\\n\\r]+", " "));
        }
        text.append('\n');
    }
}
