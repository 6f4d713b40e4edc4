package io.freshet.infra.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.ProcessId;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierInstanceTest {
    @TempDir private Path root = Path.of("");
    private VarDirectory directory = new VarDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = new VarDirectory(root);
        directory.create();
    }

    @Test
    void shouldFindNothingInAFreshDirectory() throws IOException {
        assertThat(EarlierInstance.in(directory)).isEqualTo(new EarlierInstance.None());
    }

    @Test
    void shouldFindTheOneThatRuns() throws IOException {
        publish(ProcessId.running(ProcessHandle.current().pid()).orElseThrow());

        assertThat(EarlierInstance.in(directory)).isInstanceOf(EarlierInstance.Running.class);
    }

    @Test
    void shouldTellLeftProcessesFromStaleFiles() throws Exception {
        Process left = new ProcessBuilder("sleep", "60").start();
        try {
            publish(new ProcessId(ProcessHandle.current().pid(), Instant.EPOCH));
            ProcessId.running(left.pid()).orElseThrow().writeTo(directory.pidFile(Part.REDIS));
            new ProcessId(left.pid(), Instant.EPOCH).writeTo(directory.pidFile(Part.KAFKA));

            EarlierInstance found = EarlierInstance.in(directory);

            assertThat(found)
                    .asInstanceOf(type(EarlierInstance.Remains.class))
                    .satisfies(remains -> {
                        assertThat(remains.alive()).containsOnlyKeys(Part.REDIS);
                        assertThat(remains.stale()).containsExactly(Part.KAFKA);
                    });
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void shouldStopWhatIsLeftAndRemoveTheFiles() throws Exception {
        Process left = new ProcessBuilder("sleep", "60").start();
        ProcessId.running(left.pid()).orElseThrow().writeTo(directory.pidFile(Part.REDIS));
        Files.writeString(directory.environmentFile(), "export FRESHET_TOKEN='x'\n");
        Files.writeString(directory.pidFile(Part.KAFKA), "1 1\n");
        var remains = (EarlierInstance.Remains) EarlierInstance.in(directory);

        remains.clear(directory);

        assertThat(left.waitFor()).isEqualTo(143);
        assertThat(EarlierInstance.in(directory)).isEqualTo(new EarlierInstance.None());
        assertThat(directory.environmentFile()).doesNotExist();
    }

    private void publish(ProcessId supervisor) throws IOException {
        new InstanceStatus(supervisor, Phase.UP, "", List.of()).writeTo(directory.status());
    }
}
