package io.freshet.infra.local;

import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.launch.DemoFiles;
import io.freshet.infra.local.launch.LocalInstance;
import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.InstanceLock;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.Supervisor;
import io.freshet.infra.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an instance until it is told to stop: what {@code up} starts in the background. */
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--no-restart")
    private boolean noRestart;

    @Option(names = "--start-timeout")
    private long startTimeoutSeconds;

    @Option(names = "--owner")
    private @Nullable Long owner;

    @Option(names = "--rules")
    private @Nullable Path rules;

    @Option(names = "--namespaces")
    private @Nullable Path namespaces;

    @Override
    public Integer call() throws Exception {
        VarDirectory directory = Launcher.directory();
        directory.create();
        try (InstanceLock _ =
                InstanceLock.take(directory.lock())
                        .orElseThrow(
                                () -> new Refusal("another supervisor runs in " + directory))) {
            directory.turnOverLogs();
            removeOlderLaunchers(directory);
            var addresses = Addresses.of(PortOptions.chosenIn(spec.commandLine()), directory);
            var files =
                    DemoFiles.prepare(
                            directory, Optional.ofNullable(rules), Optional.ofNullable(namespaces));
            var instance = new LocalInstance(directory, addresses);
            Supervisor supervisor =
                    instance.supervisor(
                            instance.services(Checkout.current(), files),
                            new Supervisor.Options(
                                    !noRestart,
                                    Duration.ofSeconds(startTimeoutSeconds),
                                    owner == null ? OptionalLong.empty() : OptionalLong.of(owner)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
            return supervisor.run() ? 0 : 1;
        }
    }

    /** The copies of this program that earlier builds have left; no process can be using one. */
    private static void removeOlderLaunchers(VarDirectory directory) throws IOException {
        Path own = Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
        try (var copies = Files.newDirectoryStream(directory.applications(), "launcher-*")) {
            for (Path copy : copies) {
                if (!copy.equals(own)) {
                    Directories.delete(copy);
                }
            }
        }
    }

    /** After a normal end this returns at once. */
    private static void stop(Supervisor supervisor) {
        supervisor.stop();
        try {
            supervisor.awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
