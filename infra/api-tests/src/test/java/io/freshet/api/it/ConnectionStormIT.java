package io.freshet.api.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ConnectionStormIT {

    private static final int CONNECTIONS = 10_000;

    @Test
    @DisplayName("C-05: 10,000 connections at one time")
    void shouldAnswerOnEachAndServeOthers(RunningService service) throws Exception {
        // when
        Process storm =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConnectionStorm.class.getName(),
                                Integer.toString(service.port()),
                                Integer.toString(CONNECTIONS))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var told = storm.inputReader(UTF_8)) {

            // then
            assertThat(told.readLine()).isEqualTo(CONNECTIONS + " " + CONNECTIONS);
            assertThat(service.api.get("/health").status()).isEqualTo(200);
            String path = service.path(service.sessions, "storm");
            assertThat(service.api.put(path, "{\"value\": 1}").status()).isEqualTo(201);
            assertThat(service.api.get(path).status()).isEqualTo(200);
        } finally {
            storm.destroyForcibly().waitFor();
        }
    }
}
