package io.freshet.infra.local;

import io.freshet.infra.local.launch.Checkout;
import io.freshet.infra.local.layout.VarDirectory;
import io.freshet.infra.local.supervision.InstanceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The supervisor as a process of its own: in its own process group and deaf to the terminal's end,
 * so that neither Ctrl-C nor a closed window reaches it or its parts.
 */
final class SupervisorProcess {
    /** Job control gives a background command its own group; setsid is not everywhere. */
    private static final String DETACH = "set -m; nohup \"$@\" >\"$0\" 2>&1 </dev/null & echo $!";

    private final VarDirectory directory;
    private final ProcessHandle handle;

    private SupervisorProcess(VarDirectory directory, ProcessHandle handle) {
        this.directory = directory;
        this.handle = handle;
    }

    static SupervisorProcess start(VarDirectory directory, List<String> arguments)
            throws IOException, InterruptedException, Refusal {
        Path log = directory.supervisorLog();
        var command = new ArrayList<>(List.of("bash", "-c", DETACH, log.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-D%s=%s".formatted(Checkout.PROPERTY, Checkout.current().root()));
        command.addAll(List.of("-Dfreshet.log.level=INFO", "-Dfreshet.log.root=WARN"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Launcher.class.getName());
        command.add("supervise");
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(Launcher.VAR, directory.root().toString());
        Process shell = builder.start();
        String pid;
        try (var reader = shell.inputReader(StandardCharsets.UTF_8)) {
            pid = reader.readLine();
        }
        shell.waitFor();
        if (pid == null) {
            throw new Refusal("The supervisor did not start: no bash?");
        }
        return new SupervisorProcess(
                directory,
                ProcessHandle.of(Long.parseLong(pid))
                        .orElseThrow(
                                () -> new Refusal("The supervisor did not start, see " + log)));
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** What it has published, once it has. */
    Optional<InstanceStatus> status() throws IOException {
        return InstanceStatus.readFrom(directory.status())
                .filter(status -> status.supervisor().pid() == handle.pid());
    }
}
