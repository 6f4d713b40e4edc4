package io.freshet.infra.local.view;

import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.PartStatus;
import io.freshet.infra.local.supervision.PartStatus.Word;
import java.util.List;
import java.util.Locale;

/** An instance's state as text: one line per part, columns aligned. */
public final class StatusLines {
    private final Terminal terminal;

    public StatusLines(Terminal terminal) {
        this.terminal = terminal;
    }

    public List<String> of(InstanceStatus status) {
        return status.parts().stream().map(this::of).toList();
    }

    public String of(PartStatus part) {
        String word = "%-9s".formatted(part.word().name().toLowerCase(Locale.ROOT));
        return "  %-20s %s %-11s port %d%s"
                .formatted(
                        part.part().label(),
                        terminal.style(style(part.word()), word),
                        part.pid() == 0 ? "" : "pid " + part.pid(),
                        part.port(),
                        part.detail().isEmpty()
                                ? ""
                                : "  " + terminal.style(Style.DIM, part.detail()));
    }

    private static Style style(Word word) {
        return switch (word) {
            case READY -> Style.GOOD;
            case STARTING, UNREADY -> Style.BUSY;
            case BROKEN -> Style.BAD;
            case WAITING, STOPPED -> Style.DIM;
        };
    }
}
