package io.freshet.infra.local;

import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.EarlierInstance;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.view.StatusLines;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows each part once; exits with 0 only if all are ready. */
@Command(
        name = "status",
        description = "Show each part; the exit code is 0 only if all are ready.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        VarDirectory directory = Launcher.directory();
        var terminal = Terminal.standard();
        return switch (EarlierInstance.in(directory)) {
            case EarlierInstance.None _ -> {
                terminal.line("Nothing is running in " + directory.root());
                yield 1;
            }
            case EarlierInstance.Remains remains -> {
                terminal.line("No supervisor runs in " + directory.root());
                remains.alive()
                        .forEach((part, process) ->
                                terminal.line(
                                        "  %-20s %s pid %d"
                                                .formatted(
                                                        part.label(),
                                                        terminal.style(Style.BAD, "left over"),
                                                        process.pid())));
                terminal.line("./freshet down stops and removes what is left.");
                yield 1;
            }
            case EarlierInstance.Running(var status) -> {
                terminal.line(
                        "Freshet is %s (supervisor %d, in %s)"
                                .formatted(
                                        status.phase().name().toLowerCase(Locale.ROOT),
                                        status.supervisor().pid(),
                                        directory.root()));
                new StatusLines(terminal).of(status).forEach(terminal::line);
                yield status.phase() == Phase.UP && status.allReady() ? 0 : 1;
            }
        };
    }
}
