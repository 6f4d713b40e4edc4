package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientEnvironmentTest {
    private final Addresses addresses =
            new Addresses(
                    Ports.choose(Map.of(), _ -> null, 0), new Secret("token"), new Secret("pass"));

    @Test
    void shouldNameEverythingThatAClientNeeds() {
        Map<String, String> variables =
                ClientEnvironment.variables(addresses, Map.of(Part.KAFKA, 12L));

        assertThat(variables)
                .containsEntry("FRESHET_API_URL", "http://127.0.0.1:7400")
                .containsEntry("FRESHET_MANAGEMENT_URL", "http://127.0.0.1:7401")
                .containsEntry("FRESHET_TOKEN", "token")
                .containsEntry("FRESHET_PG_URL", "jdbc:postgresql://127.0.0.1:7432/freshet")
                .containsEntry("FRESHET_PG_USER", "freshet")
                .containsEntry("FRESHET_PG_PASSWORD", "pass")
                .containsEntry(
                        "FRESHET_PSQL_URL", "postgresql://freshet:pass@127.0.0.1:7432/freshet")
                .containsEntry("FRESHET_KAFKA", "127.0.0.1:7492")
                .containsEntry("FRESHET_REDIS", "redis://127.0.0.1:7479")
                .containsEntry("FRESHET_PID_KAFKA", "12")
                .containsEntry("FRESHET_PID_API_SERVICE", "")
                .containsKeys(
                        "FRESHET_PID_CDC_CONNECTOR",
                        "FRESHET_PID_INVALIDATION_STREAM",
                        "FRESHET_PID_WARMER_WORKER",
                        "FRESHET_PID_POSTGRES",
                        "FRESHET_PID_REDIS");
    }

    @Test
    void shouldBeReadByAShellAsItWasMeant(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path file = directory.resolve("local.env");
        String odd = "it's $HOME \"and\" `more`";
        TextFile.replace(file, ClientEnvironment.shellLines(Map.of("ODD", odd)));

        Process shell =
                new ProcessBuilder("sh", "-c", ". \"$0\"; printenv ODD", file.toString()).start();
        String seen =
                new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        shell.waitFor();

        assertThat(seen).isEqualTo(odd);
        assertThat(ClientEnvironment.parse(Files.readAllLines(file))).containsEntry("ODD", odd);
    }
}
