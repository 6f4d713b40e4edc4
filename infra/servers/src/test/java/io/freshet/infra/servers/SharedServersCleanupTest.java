package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedOnly
class SharedServersCleanupTest {
    @TempDir Path temporary;

    @Test
    void shouldStopAndDeleteWhatAFailingProgramStarted() throws Exception {
        Process program = run("fail");

        assertThat(program.waitFor()).isNotZero();

        assertThat(servers()).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        assertThat(leftDirectories()).isEmpty();
    }

    @Test
    void shouldStopAndDeleteWhatAKilledProgramLeft() throws Exception {
        Process program = run("wait");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output()).contains("started"));
        program.destroyForcibly().waitFor();
        assertThat(servers()).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        try (var own = SharedDirectory.createIn(temporary).ownership()) {
            assertThat(own.isOpen()).isTrue();
        }

        await().untilAsserted(() ->
                assertThat(servers()).allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
        assertThat(leftDirectories()).hasSize(1);
    }

    private Process run(String end) throws IOException {
        ProcessBuilder program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary,
                                "-Dfreshet.servers.cache=" + cache(),
                                SharedServersInAnotherJvm.class.getName(),
                                end)
                        .redirectErrorStream(true)
                        .redirectOutput(output().toFile());
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return program.start();
    }

    private static Path cache() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "freshet-servers-" + System.getProperty("user.name"));
    }

    private Path output() {
        return temporary.resolve("output");
    }

    private List<Long> servers() throws IOException {
        return Files.readAllLines(output()).stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();
    }

    private List<Path> leftDirectories() throws IOException {
        try (var all = Files.list(temporary)) {
            return all.filter(Files::isDirectory).toList();
        }
    }
}
