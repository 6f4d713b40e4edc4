package io.freshet.infra.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.ProcessId;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.supervision.PartStatus.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceStatusTest {
    @TempDir private Path directory = Path.of("");

    private static InstanceStatus status(Word kafka) {
        return new InstanceStatus(
                new ProcessId(7, Instant.ofEpochMilli(1_000)),
                Phase.UP,
                "",
                List.of(
                        new PartStatus(Part.REDIS, Word.READY, 12, 7479, "started in 0.1 s"),
                        new PartStatus(Part.KAFKA, kafka, 0, 7492, "")));
    }

    @Test
    void shouldReadWhatItWrites() throws IOException {
        Path file = directory.resolve("status");
        status(Word.STARTING).writeTo(file);

        assertThat(InstanceStatus.readFrom(file)).contains(status(Word.STARTING));
    }

    @Test
    void shouldKeepAMessageOnOneLine() throws IOException {
        Path file = directory.resolve("status");
        new InstanceStatus(status(Word.READY).supervisor(), Phase.FAILED, "a\n\tb", List.of())
                .writeTo(file);

        assertThat(InstanceStatus.readFrom(file).orElseThrow().message()).isEqualTo("a b");
    }

    @Test
    void shouldReadNothingFromAnotherVersionsFile() throws IOException {
        assertThat(InstanceStatus.readFrom(directory.resolve("absent"))).isEmpty();
        assertThat(InstanceStatus.readFrom(Files.writeString(directory.resolve("empty"), "")))
                .isEmpty();
        assertThat(
                        InstanceStatus.readFrom(
                                Files.writeString(directory.resolve("odd"), "a\tb\tc\td\te\n")))
                .isEmpty();
    }

    @Test
    void shouldBeReadyOnlyWhenAllPartsAre() {
        assertThat(status(Word.READY).allReady()).isTrue();
        assertThat(status(Word.UNREADY).allReady()).isFalse();
    }
}
