package io.freshet.infra.check;

import io.freshet.infra.check.fault.Faults;
import io.freshet.infra.check.instance.CheckException;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.check.report.Report;
import io.freshet.infra.check.report.ReportJson;
import io.freshet.infra.check.report.ReportText;
import io.freshet.infra.local.Launcher;
import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Checks the running instance: 0 when every answer was as promised, 1 when one was not. */
@Command(
        name = "check",
        description = "Check by its history that the running instance keeps its promises.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Of the load at least, such as 90s or 5m (${DEFAULT-VALUE}).")
    private String duration = "60s";

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            split = ",",
            description = "What to break meanwhile, one after the other; or all.")
    private List<String> faults = List.of();

    @Option(names = "--list-faults", description = "Show the names and end.")
    private boolean list;

    @Option(
            names = "--plant",
            paramLabel = "MISTAKE",
            description =
                    "Make invalidation-stream drop or delay one invalidation in 1000 (drop=N: in"
                            + " N): the verdict must then be bad.")
    private @Nullable String planted;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there as well.")
    private @Nullable Path json;

    @Option(names = "--seed", description = "Of the load's choices.")
    private @Nullable Long seed;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CheckCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        if (list) {
            Faults.byName()
                    .forEach((name, fault) ->
                            terminal.line("%-26s %s".formatted(name, fault.description())));
            return 0;
        }
        CheckPlan plan = plan();
        try {
            Report report =
                    new Checker(
                                    Instance.in(Launcher.directory(), Checkout.current()),
                                    plan,
                                    new Progress(terminal)::say)
                            .run();
            ReportText.of(report).forEach(terminal::line);
            if (json != null) {
                Files.writeString(json, ReportJson.of(report));
            }
            return report.isGood() ? 0 : 1;
        } catch (CheckException e) {
            System.err.println(terminal.style(Style.BAD, String.valueOf(e.getMessage())));
            return 1;
        }
    }

    private CheckPlan plan() {
        try {
            return new CheckPlan(
                    time(duration),
                    faults.contains("all") ? Faults.byName() : Faults.named(faults),
                    planted == null ? Planted.NOTHING : Planted.parse(planted),
                    seed == null ? System.nanoTime() : seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(new CommandLine(this), String.valueOf(e.getMessage()), e);
        }
    }

    private static Duration time(String text) {
        if (!text.matches("[1-9][0-9]{0,6}[smh]")) {
            throw new IllegalArgumentException(
                    "--duration: say it as 90s, 5m or 1h, not '%s'".formatted(text));
        }
        return Duration.parse("PT" + text);
    }
}
