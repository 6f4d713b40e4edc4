package io.freshet.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the {@code freshet} script that need no build. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "..", "freshet").toAbsolutePath().normalize();

    @TempDir private Path directory = Path.of("");

    private record Ended(int code, String output) {}

    @Test
    void shouldTellItsCommands() throws Exception {
        Ended help = run(directory, Map.of(), SCRIPT.toString(), "--help");

        assertThat(help.code()).isZero();
        assertThat(help.output())
                .contains("up [--detach]", "down", "status", "logs", "demo", "test");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws Exception {
        Ended unknown = run(directory, Map.of(), SCRIPT.toString(), "dance");
        Ended nothing = run(directory, Map.of(), SCRIPT.toString());

        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.output()).contains("There is no command 'dance'.", "Usage:");
        assertThat(nothing.code()).isEqualTo(2);
    }

    @Test
    void shouldWorkThroughARelativeSymbolicLink() throws Exception {
        Path checkout = copyOfTheScript();
        Path links = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(links.resolve("f"), Path.of("../checkout/freshet"));

        Ended status = run(links, Map.of(), "./f", "status");

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.output()).contains("Nothing is built yet");
        assertThat(checkout.resolve("var")).doesNotExist();
    }

    @Test
    void shouldSayWhatToInstallWhenThereIsNoMaven() throws Exception {
        copyOfTheScript();
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "grep", "cat", "mkdir", "date")) {
            String call = "#!/bin/sh\nexec %s \"$@\"\n".formatted(which(tool));
            Path here = Files.writeString(tools.resolve(tool), call);
            Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwx------"));
        }

        Ended up =
                run(
                        directory,
                        Map.of(
                                "PATH",
                                tools.toString(),
                                "JAVA_HOME",
                                System.getProperty("java.home")),
                        tools.resolve("bash").toString(),
                        "checkout/freshet",
                        "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output()).contains("there is no mvn on the PATH", "apt-get install maven");
    }

    private Path copyOfTheScript() throws IOException {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        Files.copy(SCRIPT, checkout.resolve("freshet"), StandardCopyOption.COPY_ATTRIBUTES);
        return checkout;
    }

    private static String which(String tool) throws Exception {
        return run(Path.of("."), Map.of(), "bash", "-c", "command -v " + tool).output().strip();
    }

    private static Ended run(Path where, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .directory(where.toFile())
                        .redirectErrorStream(true);
        builder.environment().remove("FRESHET_VAR");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
