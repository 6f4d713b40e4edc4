package io.freshet.infra.local;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.TakenPort;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.EarlierInstance;
import io.freshet.infra.local.view.Style;
import io.freshet.infra.local.view.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts an instance and, unless detached, shows it until Ctrl-C stops it. */
@Command(
        name = "up",
        description = "Start the servers and the services; Ctrl-C stops them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-d", "--detach"},
            description = "Return when everything is ready and leave it running.")
    private boolean detach;

    @Option(names = "--no-restart", description = "Leave a part that ends as it is.")
    private boolean noRestart;

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long a part may take to become ready (${DEFAULT-VALUE}).")
    private long startTimeoutSeconds;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Your own rules for cdc-connector instead of the demo's.")
    private @Nullable Path rules;

    @Option(
            names = "--namespaces",
            paramLabel = "FILE",
            description = "Your own namespaces instead of the demo's.")
    private @Nullable Path namespaces;

    @Override
    public Integer call() throws Exception {
        VarDirectory directory = Launcher.directory();
        var terminal = Terminal.standard();
        Ports ports = PortOptions.chosenIn(spec.commandLine());
        directory.create();
        settleEarlier(directory, terminal);
        refuseTaken(ports);

        long start = System.nanoTime();
        SupervisorProcess supervisor = SupervisorProcess.start(directory, arguments(ports));
        var watch = new InstanceWatch(directory, supervisor, terminal);
        Thread stopOnExit = new Thread(watch::stopInstance, "stop");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
        if (!watch.awaitUp()) {
            Runtime.getRuntime().removeShutdownHook(stopOnExit);
            return 1;
        }
        terminal.line("");
        terminal.line(
                terminal.style(
                        Style.BOLD,
                        "Ready in %.1f s.".formatted((System.nanoTime() - start) / 1e9)));
        var addresses = Addresses.of(ports, directory);
        NextSteps.of(addresses, directory).forEach(terminal::line);
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(stopOnExit);
            return 0;
        }
        return watch.showUntilEnd(new HitCounts(addresses.management()));
    }

    private List<String> arguments(Ports ports) {
        var arguments = new ArrayList<>(PortOptions.arguments(ports));
        arguments.add("--start-timeout=" + startTimeoutSeconds);
        if (noRestart) {
            arguments.add("--no-restart");
        }
        if (!detach) {
            arguments.add("--owner=" + ProcessHandle.current().pid());
        }
        if (rules != null) {
            arguments.add("--rules=" + rules.toAbsolutePath());
        }
        if (namespaces != null) {
            arguments.add("--namespaces=" + namespaces.toAbsolutePath());
        }
        return arguments;
    }

    private static void settleEarlier(VarDirectory directory, Terminal terminal)
            throws IOException, InterruptedException, Refusal {
        switch (EarlierInstance.in(directory)) {
            case EarlierInstance.None _ -> {}
            case EarlierInstance.Running(var status) ->
                    throw new Refusal(
                            """
                            Freshet is running already (supervisor %d, in %s).
                            See it with ./freshet status, stop it with ./freshet down.
                            A second one beside it: FRESHET_VAR=<another directory> ./freshet up --port-offset 100\
                            """
                                    .formatted(status.supervisor().pid(), directory.root()));
            case EarlierInstance.Remains remains -> {
                terminal.line("An earlier instance ended without cleaning up.");
                remains.clear(directory);
                if (!remains.alive().isEmpty()) {
                    terminal.line(
                            "Stopped what it left running: " + names(remains.alive().keySet()));
                }
                if (!remains.stale().isEmpty()) {
                    terminal.line("Removed the pid files of " + names(remains.stale()));
                }
            }
        }
    }

    private static String names(Iterable<Part> parts) {
        var names = new ArrayList<String>();
        parts.forEach(part -> names.add(part.label()));
        return String.join(", ", names);
    }

    private static void refuseTaken(Ports ports) throws Refusal {
        List<TakenPort> taken = TakenPort.among(ports);
        if (!taken.isEmpty()) {
            throw new Refusal(
                    taken.stream().map(TakenPort::explanation).collect(Collectors.joining("\n"))
                            + "\nOr shift all of them: ./freshet up --port-offset 100");
        }
    }
}
