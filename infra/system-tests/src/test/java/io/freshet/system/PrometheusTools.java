package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of Prometheus on this machine; Debian has them in the package of that name. */
final class PrometheusTools {

    static final Path CONFIGURATION = Path.of("../prometheus").toAbsolutePath().normalize();

    private PrometheusTools() {}

    /** The path of a program; the test that asks is skipped, loudly, where it is missing. */
    static Path require(String program) {
        List<Path> found =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .map(directory -> Path.of(directory, program))
                        .filter(Files::isExecutable)
                        .toList();
        if (found.isEmpty()) {
            System.err.printf(
                    "%n*** SKIPPED: there is no %s on the PATH, so dashboards and alerts are not"
                            + " proved. Install the package prometheus.%n%n",
                    program);
        }
        assumeTrue(!found.isEmpty(), program + " is not installed");
        return found.getFirst();
    }

    /** Runs promtool in the directory of the rules, which must find nothing to complain of. */
    static void promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(require("promtool").toString());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(CONFIGURATION.toFile())
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
    }
}
