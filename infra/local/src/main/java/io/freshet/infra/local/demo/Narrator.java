package io.freshet.infra.local.demo;

import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;

/** The story's voice: chapters, what is done, and what is seen. */
final class Narrator {
    private final Terminal terminal;
    private final Runnable betweenChapters;
    private int chapter;

    Narrator(Terminal terminal, Runnable betweenChapters) {
        this.terminal = terminal;
        this.betweenChapters = betweenChapters;
    }

    void chapter(String title) {
        if (chapter > 0) {
            betweenChapters.run();
        }
        chapter++;
        terminal.line("");
        terminal.line(terminal.style(Style.BOLD, chapter + ". " + title));
    }

    void done(String what) {
        terminal.line("   " + terminal.style(Style.NOTE, what));
    }

    void seen(String what) {
        terminal.line("   " + what);
    }

    /** A read and its answer on one line. */
    void read(String what, Answer answer, String value) {
        terminal.line(
                "   %s  %s %9s   %s"
                        .formatted(
                                terminal.style(Style.NOTE, "%-42s".formatted(what)),
                                terminal.style(
                                        answer.cached() ? Style.GOOD : Style.BUSY,
                                        "%-6s".formatted(answer.tier())),
                                Millis.of(answer.took()),
                                value));
    }
}
