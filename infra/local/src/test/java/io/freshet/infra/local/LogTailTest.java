package io.freshet.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir private Path directory = Path.of("");
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void shouldPrintTheLastLinesOfALongFile() throws IOException {
        LogTail tail = tailOf(lines(0, 5_000));

        tail.printLast(2);

        assertThat(text()).isEqualTo("line 4998\nline 4999\n");
    }

    @Test
    void shouldPrintAShortFileWhole() throws IOException {
        LogTail tail = tailOf("a\nb");

        tail.printLast(10);

        assertThat(text()).isEqualTo("a\nb");
    }

    @Test
    void shouldPrintWhatIsAdded() throws IOException {
        LogTail tail = tailOf("a\n");
        tail.printLast(1);

        Files.writeString(file(), "b\n", StandardOpenOption.APPEND);
        tail.printNew();

        assertThat(text()).isEqualTo("a\nb\n");
    }

    @Test
    void shouldBeginAnewWithTheFile() throws IOException {
        LogTail tail = tailOf("a long line\n");
        tail.printLast(1);

        Files.writeString(file(), "new\n");
        tail.printNew();

        assertThat(text()).isEqualTo("a long line\nnew\n");
    }

    private LogTail tailOf(String content) throws IOException {
        Files.writeString(file(), content);
        return new LogTail(file(), new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    private Path file() {
        return directory.resolve("x.log");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }
}
