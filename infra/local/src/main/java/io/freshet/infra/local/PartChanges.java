package io.freshet.infra.local;

import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.PartStatus;
import io.freshet.infra.local.view.StatusLines;
import io.freshet.infra.local.view.Terminal;
import java.util.List;

/**
 * The parts of an instance as they change: a block redrawn in place on a terminal, a line per
 * change elsewhere.
 */
final class PartChanges {
    private final Terminal terminal;
    private final StatusLines lines;
    private List<PartStatus> shown = List.of();

    PartChanges(Terminal terminal) {
        this.terminal = terminal;
        this.lines = new StatusLines(terminal);
    }

    void show(InstanceStatus status) {
        if (status.parts().equals(shown)) {
            return;
        }
        if (terminal.isInteractive()) {
            terminal.block(lines.of(status));
        } else {
            status.parts().stream()
                    .filter(part -> part.word() != PartStatus.Word.WAITING)
                    .filter(part -> !shown.contains(part))
                    .forEach(part -> terminal.line(lines.of(part).strip()));
        }
        shown = status.parts();
    }
}
