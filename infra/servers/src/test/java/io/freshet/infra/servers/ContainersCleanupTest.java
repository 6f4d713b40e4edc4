package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ContainersOnly
class ContainersCleanupTest {
    @TempDir Path temporary;

    @Test
    void shouldRemoveAtTheEndWhatAFailingProgramStarted() throws Exception {
        Process program = run("fail");

        assertThat(program.waitFor()).isNotZero();

        assertThat(servers("fail")).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void shouldRemoveWhatAKilledProgramLeft() throws Exception {
        Process killed = run("wait");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output("wait")).contains("started"));
        killed.destroyForcibly().waitFor();
        List<Long> left = servers("wait");
        assertThat(left).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        run("fail").waitFor();

        assertThat(left).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    }

    private Process run(String end) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("freshet."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(words::add);
        words.addAll(List.of(SharedServersInAnotherJvm.class.getName(), end));
        ProcessBuilder program =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(output(end).toFile());
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return program.start();
    }

    private Path output(String end) {
        return temporary.resolve(end + ".output");
    }

    private List<Long> servers(String end) throws IOException {
        return Files.readAllLines(output(end)).stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();
    }
}
