package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The examples of docs/rest.md, run in order, as somebody does who reads it for the first time. */
class DocumentedExamplesIT {

    private static final Path PAGE = Path.of("../../docs/rest.md");

    /** Where {@code var/local.env} is that the page begins with. */
    private static final Path DIRECTORY = Path.of("target");

    private static final int SECONDS = 120;

    @Test
    void shouldPrintWhatThePageShows() throws Exception {
        // given
        assumeThat(Stream.of("bash", "curl", "jq", "psql")).allMatch(DocumentedExamplesIT::isHere);
        LocalSystem.shared();
        List<ShellExample> examples = ShellExample.of(Files.readString(PAGE));

        // when
        Path output = DIRECTORY.resolve("examples.out");
        Path errors = DIRECTORY.resolve("examples.err");
        Process shell =
                new ProcessBuilder("bash", "-c", ShellExample.script(examples))
                        .directory(DIRECTORY.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        boolean ended = shell.waitFor(SECONDS, TimeUnit.SECONDS);
        shell.destroyForcibly();

        // then
        List<String> printed = ShellExample.printed(Files.readString(output));
        assertThat(ended && shell.exitValue() == 0)
                .as(
                        "%d of %d examples ran; see %s and %s",
                        printed.size(), examples.size(), output, errors)
                .isTrue();
        var softly = new SoftAssertions();
        for (int example = 0; example < examples.size(); example++) {
            compare(softly, examples.get(example), printed.get(example));
        }
        softly.assertAll();
    }

    private static void compare(SoftAssertions softly, ShellExample example, String printed) {
        Printed shown = Printed.of(example.answers(), Integer.MAX_VALUE);
        Printed was = Printed.of(printed, shown.shapes().size());
        String what = "%s%s".formatted(example.commands(), printed);
        softly.assertThat(was.shapes())
                .as(what)
                .containsExactlyInAnyOrderElementsOf(shown.shapes());
        softly.assertThat(was.problems()).as("problems of %s", what).isEqualTo(shown.problems());
        softly.assertThat(was.headers().containsAll(shown.headers())).as(what).isTrue();
        softly.assertThat(was.statuses().stream().limit(shown.statuses().size()).toList())
                .as(what)
                .isEqualTo(shown.statuses());
    }

    private static boolean isHere(String command) {
        return Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
