package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdTest {
    @TempDir private Path directory = Path.of("");

    private final ProcessId self = ProcessId.running(ProcessHandle.current().pid()).orElseThrow();

    @Test
    void shouldFindTheProcessThatAFileNames() throws IOException {
        Path file = directory.resolve("self.pid");
        self.writeTo(file);

        assertThat(ProcessId.readFrom(file).flatMap(ProcessId::alive))
                .contains(ProcessHandle.current());
    }

    @Test
    void shouldNotTakeAnotherProcessWithTheSameNumberForIt() {
        var earlier = new ProcessId(self.pid(), self.started().minus(Duration.ofMinutes(5)));

        assertThat(earlier.alive()).isEmpty();
    }

    @Test
    void shouldNotFindOneThatEnded() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.running(process.pid()).orElseThrow();
        process.destroyForcibly().waitFor();

        assertThat(id.alive()).isEmpty();
        assertThat(ProcessId.running(process.pid())).isEmpty();
    }

    @Test
    void shouldReadNothingFromWhatIsNoPidFile() throws IOException {
        assertThat(ProcessId.readFrom(directory.resolve("absent"))).isEmpty();
        assertThat(ProcessId.readFrom(Files.writeString(directory.resolve("a"), ""))).isEmpty();
        assertThat(ProcessId.readFrom(Files.writeString(directory.resolve("b"), "x y"))).isEmpty();
    }
}
