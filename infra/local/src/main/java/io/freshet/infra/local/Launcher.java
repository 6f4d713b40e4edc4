package io.freshet.infra.local;

import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that the {@code freshet} script hands on. */
@Command(
        name = "freshet",
        description = "Freshet on this machine.",
        subcommands = {
            PrepareCommand.class,
            UpCommand.class,
            SuperviseCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            PartCommand.Start.class,
            PartCommand.Stop.class,
            PartCommand.Restart.class,
            DemoCommand.class
        })
public final class Launcher {
    /** The environment variable that names another directory than {@code var/} of the checkout. */
    static final String VAR = "FRESHET_VAR";

    private static final Set<String> STARTS_AN_INSTANCE = Set.of("up", "supervise");

    private Launcher() {}

    /** Runs one command and exits: 0 done, 1 refused or failed, 2 wrongly called. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Launcher());
        commandLine
                .getSubcommands()
                .forEach((name, command) -> {
                    if (STARTS_AN_INSTANCE.contains(name)) {
                        PortOptions.addTo(command);
                    }
                });
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler(Launcher::fail);
        return commandLine;
    }

    /** The directory of the instance that the environment means. */
    public static VarDirectory directory() {
        String chosen = System.getenv(VAR);
        return new VarDirectory(
                chosen == null || chosen.isBlank()
                        ? Checkout.current().root().resolve("var")
                        : Path.of(chosen));
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof Refusal) {
            System.err.println(
                    Terminal.standard().style(Style.BAD, String.valueOf(failure.getMessage())));
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
