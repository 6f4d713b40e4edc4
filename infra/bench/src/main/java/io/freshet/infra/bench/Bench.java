package io.freshet.infra.bench;

import io.freshet.infra.bench.changes.ChangesCommand;
import io.freshet.infra.bench.eviction.EvictionCommand;
import io.freshet.infra.bench.latency.LatencyCommand;
import io.freshet.infra.bench.purge.PurgeCommand;
import io.freshet.infra.bench.service.ServiceCommand;
import io.freshet.infra.bench.warming.WarmingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks that {@code ./freshet bench} runs. */
@Command(
        name = "bench",
        description = "Measure the running instance, or parts of it alone.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChangesCommand.class,
            EvictionCommand.class,
            LatencyCommand.class,
            PurgeCommand.class,
            ServiceCommand.class,
            WarmingCommand.class
        })
public final class Bench {

    private Bench() {}

    /** Runs one benchmark and exits: 0 done, 1 refused or failed, 2 wrongly called. */
    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Bench());
        commandLine.setExecutionExceptionHandler((failure, _, _) -> {
            if (failure instanceof NotRunningException) {
                System.err.println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        System.exit(commandLine.execute(arguments));
    }
}
