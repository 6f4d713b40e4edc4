package io.freshet.infra.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.PartStatus;
import io.freshet.infra.local.supervision.PartStatus.Word;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void shouldAlignTheColumns() {
        var lines = new StatusLines(new Terminal(out, false, false));

        assertThat(lines.of(new PartStatus(Part.REDIS, Word.READY, 4711, 7479, "started in 0.1 s")))
                .isEqualTo(
                        "  redis                ready     pid 4711    port 7479  started in 0.1 s");
        assertThat(lines.of(new PartStatus(Part.INVALIDATION_STREAM, Word.WAITING, 0, 7403, "")))
                .isEqualTo("  invalidation-stream  waiting               port 7403");
    }

    @Test
    void shouldColourOnlyWhereColoursAreSeen() {
        var broken = new PartStatus(Part.KAFKA, Word.BROKEN, 0, 7492, "ended unasked");

        assertThat(new StatusLines(new Terminal(out, true, true)).of(broken))
                .contains("\u001b[31mbroken   \u001b[0m");
        assertThat(new StatusLines(new Terminal(out, true, false)).of(broken))
                .doesNotContain("\u001b");
    }

    @Test
    void shouldRedrawABlockInPlace() {
        var terminal = new Terminal(out, true, false);

        terminal.block(List.of("a", "b"));
        terminal.block(List.of("c"));

        assertThat(text()).contains("\ra\u001b[K\n\rb\u001b[K\n", "\u001b[2A\rc\u001b[K\n\u001b[J");
    }

    @Test
    void shouldNotRedrawAnythingElsewhere() {
        var terminal = new Terminal(out, false, false);

        terminal.block(List.of("a"));
        terminal.line("b");

        assertThat(text()).isEqualTo("b" + System.lineSeparator());
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
