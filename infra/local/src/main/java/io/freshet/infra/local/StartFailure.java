package io.freshet.infra.local;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells why an instance did not come up, with the last lines of the log that knows. */
final class StartFailure {
    private static final int LINES = 25;

    private final VarDirectory directory;
    private final Terminal terminal;

    StartFailure(VarDirectory directory, Terminal terminal) {
        this.directory = directory;
        this.terminal = terminal;
    }

    void explain(Optional<InstanceStatus> last) throws IOException {
        String message =
                last.filter(status -> status.phase() == Phase.FAILED)
                        .map(InstanceStatus::message)
                        .orElse("The supervisor ended.");
        Path log =
                Part.labelled(message.substring(0, Math.max(0, message.indexOf(':'))))
                        .map(directory::log)
                        .orElse(directory.supervisorLog());
        terminal.line("");
        terminal.line(terminal.style(Style.BAD, "Freshet did not start. " + message));
        terminal.line(terminal.style(Style.DIM, "The end of " + log + ":"));
        tail(log).forEach(line -> terminal.line("  " + line));
        terminal.line("Everything that had started is stopped again.");
    }

    private static List<String> tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of("(no such file)");
        }
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
