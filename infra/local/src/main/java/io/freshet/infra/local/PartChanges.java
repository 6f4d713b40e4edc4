package io.freshet.infra.local;

import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.PartStatus;
import io.freshet.infra.local.view.StatusLines;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of an instance as they change: a block redrawn in place on a terminal, a line per
 * change elsewhere.
 */
final class PartChanges {
    private final Terminal terminal;
    private final StatusLines lines;
    private List<PartStatus> shown = List.of();
    private String shownFooter = "";

    PartChanges(Terminal terminal) {
        this.terminal = terminal;
        this.lines = new StatusLines(terminal);
    }

    void show(InstanceStatus status) {
        show(status, "");
    }

    /**
     * Shows the parts.
     *
     * @param footer a line below the block on a terminal; empty for none
     */
    void show(InstanceStatus status, String footer) {
        if (status.parts().equals(shown) && footer.equals(shownFooter)) {
            return;
        }
        if (terminal.isInteractive()) {
            var block = new ArrayList<>(lines.of(status));
            if (!footer.isEmpty()) {
                block.add("  " + terminal.style(Style.DIM, footer));
            }
            terminal.block(block);
        } else {
            status.parts().stream()
                    .filter(part -> part.word() != PartStatus.Word.WAITING)
                    .filter(part -> !shown.contains(part))
                    .forEach(part -> terminal.line(lines.of(part).strip()));
        }
        shown = status.parts();
        shownFooter = footer;
    }
}
